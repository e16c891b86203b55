import type { CellRef, Failure, Run, State } from '../provenance/document';
import { now, toIso } from './clock';
import { FollowedItems } from './followed-items';
import { withoutHome } from './privacy';
import type { ProcessRecord } from './process-record';
import type { SampledRun } from './sampler';
import { verdictOf } from './verdict';

/** How a run is ended from outside. */
export interface RunControl {
  /** The run ends itself as soon as its code gets to know. */
  abort(reason: unknown): void;
  /** Ends it without its code, which is gone. */
  abandon(reason: unknown): void;
}

/** A run while it goes on. */
export class RunRecord implements SampledRun {
  readonly startedMs = now();
  readonly processes = new Set<ProcessRecord>();
  readonly followed: FollowedItems;
  state: State = 'running';
  endedMs: number | null = null;
  failure: Failure | null = null;
  version = 0;

  constructor(
    readonly id: string,
    readonly sink: ProcessRecord,
    readonly epoch: number,
    readonly cell: CellRef | null,
    readonly describeOrigins: SampledRun['describeOrigins'],
    readonly control: RunControl,
    followedSources: number,
  ) {
    this.followed = new FollowedItems(followedSources);
  }

  toRun(): Run {
    return withoutHome<Run>({
      id: this.id,
      sink: this.sink.id,
      processes: [...this.processes].map((process) => process.id),
      state: this.state,
      startedAt: toIso(this.startedMs),
      endedAt: this.endedMs === null ? null : toIso(this.endedMs),
      durationMs: this.endedMs === null ? null : this.endedMs - this.startedMs,
      epoch: this.epoch,
      cell: this.cell,
      failure: this.failure,
      verdict: verdictOf(this.sink, this.processes),
    });
  }
}
