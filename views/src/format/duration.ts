/** How durations are written: each in the unit that fits it, or all in milliseconds, so that they can be compared at a glance. */
export type TimeUnit = 'automatic' | 'ms';

let timeUnit: TimeUnit = 'automatic';

/** Choose the unit of all durations that are written from now on. It is one choice for all views. */
export function setTimeUnit(unit: TimeUnit): void {
  timeUnit = unit;
}

/** A duration in three significant digits with its unit: `840 ns`, `2.41 µs`, `12.3 ms`, `1.20 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || ms < 0) {
    return '–';
  }
  if (timeUnit === 'ms') {
    return `${IN_MS.format(ms)} ms`;
  }
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

/** A running clock, which must not change its width with each tick: `12.3 s`, `2 min 05 s`. */
export function formatElapsed(ms: number): string {
  return ms < 59_950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : formatDuration(ms);
}

/** How long a run took, exactly, once it has ended; a clock until then. */
export function formatRunTime(durationMs: number | null, elapsedMs: number): string {
  return durationMs === null ? formatElapsed(elapsedMs) : formatDuration(durationMs);
}

const IN_MS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

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
