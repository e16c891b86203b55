import type { RunRecord } from './run-record';
import type { SampledRun } from './observing/sampler';

/**
 * A run that a user's function makes within another: what is recorded of it belongs to the outer one, only where its
 * items came from is its own.
 */
export class NestedRun implements SampledRun {
  readonly id: string;
  readonly startedMs: number;

  constructor(
    outer: RunRecord,
    private describe: SampledRun['describeOrigins'] | null,
  ) {
    this.id = outer.id;
    this.startedMs = outer.startedMs;
  }

  describeOrigins(origin: unknown, limit: number): ReturnType<SampledRun['describeOrigins']> {
    return this.describe?.(origin, limit) ?? { origins: [], omitted: 0 };
  }

  /** It is within a call that is timed as a whole. */
  looked(): void {}

  /** It is over: lets go of its sources. */
  end(): void {
    this.describe = null;
  }
}
