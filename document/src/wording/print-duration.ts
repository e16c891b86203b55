/**
 * A duration in three significant digits, in the unit that fits it: `840 ns`, `2.41 µs`, `12.3 ms`, `1.20 s`,
 * `2 min 05 s`, `1 h 02 min`.
 */
export function printDuration(ms: number): string {
  if (ms === 0) {
    return '0 s';
  }
  for (const [unit, size] of UNITS) {
    const value = ms / size;
    // 999.5 would print as 1000 of this unit: let the next one have it.
    if (value < 999.5 && (unit !== 's' || value < 59.95)) {
      return `${digits(value)} ${unit}`;
    }
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['ns', 1e-6],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
];

function digits(value: number): string {
  if (value >= 99.95) {
    return value.toFixed(0);
  }
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
