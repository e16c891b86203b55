/** A duration for people, in the unit that suits it: `23 ns`, `1.20 µs`, `14.0 ms`, `2.50 s`. */
export function printDuration(ms: number): string {
  if (ms >= 1000) return `${ms < 1e5 ? (ms / 1000).toPrecision(3) : Math.round(ms / 1000)} s`;
  if (ms >= 1) return `${ms.toPrecision(3)} ms`;
  return ms >= 1e-3 ? `${(ms * 1e3).toPrecision(3)} µs` : `${Math.round(ms * 1e6)} ns`;
}
