/** How durations are written: each in the unit that fits it, or all in milliseconds, so that they can be compared at a glance. */
export type TimeUnit = 'automatic' | 'ms';

/** Writes durations in the unit that a person chose, which may change meanwhile. */
export class DurationFormat {
  constructor(private readonly _unit: () => TimeUnit = () => 'automatic') {}

  get unit(): TimeUnit {
    return this._unit();
  }

  /**
   * A duration in three significant digits with its unit: `840 ns`, `2.41 µs`, `12.3 ms`, `1.20 s`, `2 min 05 s`,
   * `1 h 02 min`. A dash where it is not known.
   */
  format(ms: number | null): string {
    if (ms === null || !Number.isFinite(ms) || ms < 0) {
      return '–';
    }
    return this.unit === 'ms' ? `${IN_MS.format(ms)} ms` : inFittingUnit(ms);
  }

  /** A running clock, which must not change its width with each tick: `12.3 s`, `2 min 05 s`. */
  elapsed(ms: number): string {
    return ms < 59_950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : this.format(ms);
  }

  /** How long a run took, exactly, once it has ended; a clock until then. */
  ofRun(durationMs: number | null, elapsedMs: number): string {
    return durationMs === null ? this.elapsed(elapsedMs) : this.format(durationMs);
  }
}

function inFittingUnit(ms: number): string {
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
