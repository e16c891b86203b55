import { printDuration } from 'stemma-document';

/**
 * How durations are written: each in the unit that fits it, or all in milliseconds, so that they can be compared at a
 * glance.
 */
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
    return this.unit === 'ms' ? `${IN_MS.format(ms)} ms` : printDuration(ms);
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

const IN_MS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
