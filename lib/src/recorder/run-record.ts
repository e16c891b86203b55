import {
  type CellRef,
  type Failure,
  type Figures,
  type KnownState,
  type ProcessRun,
  type Resumed,
  type Run,
  diagnosisOf,
  figuresInRun,
} from 'stemma-document';
import { now, toIso } from '../util/clock';
import { TracedItems } from './observing/traced-items';
import { THREAD } from './thread-time';
import { withoutHome } from './privacy/privacy';
import type { ProcessRecord } from './process-record';
import type { ProcessRunRecord } from './process-run';
import type { SampledRun } from './observing/sampler';

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
  /** What each process does; empty once the limits of the session have dropped it. */
  readonly parts = new Map<ProcessRecord, ProcessRunRecord>();
  readonly traced: TracedItems;
  readonly #epochs = new Map<ProcessRecord, number>();
  #recordingMs = 0;
  /** What is left of the parts once they are dropped. */
  #lastDiagnosis: string | null = null;
  /** That of a step: what its process does meanwhile in other runs is in this one. */
  spans = false;
  state: KnownState = 'running';
  endedMs: number | null = null;
  failure: Failure | null = null;
  version = 0;

  constructor(
    readonly id: string,
    readonly number: number,
    readonly sink: ProcessRecord,
    readonly epoch: number,
    readonly cell: CellRef | null,
    private describe: SampledRun['describeOrigins'] | null,
    /** Null once it is over. */
    public control: RunControl | null,
    tracedSources: number,
    private readonly resumed: Resumed | undefined,
  ) {
    this.traced = new TracedItems(tracedSources);
  }

  describeOrigins(origin: unknown, limit: number): ReturnType<SampledRun['describeOrigins']> {
    return this.describe?.(origin, limit) ?? { origins: [], omitted: 0 };
  }

  looked(ms: number): void {
    this.#recordingMs += ms;
    THREAD.book(ms);
  }

  /** An operation of chance takes part, whose first pass in this run is at `epoch`. */
  beginEpoch(process: ProcessRecord, epoch: number): void {
    if (!this.#epochs.has(process)) this.#epochs.set(process, epoch);
  }

  /** A process takes part; asked again where a repetition opens it again. */
  join(process: ProcessRecord): { part: ProcessRunRecord; isNew: boolean } {
    const known = this.parts.get(process);
    if (known !== undefined) return { part: known, isNew: false };
    const part = process.join(this.id, this.spans);
    this.processes.add(process);
    this.parts.set(process, part);
    return { part, isNew: true };
  }

  /** It is over: lets go of the pipeline's stages, which may hold as much as the data. */
  end(state: KnownState): void {
    this.state = state;
    this.endedMs = now();
    this.describe = this.control = null;
  }

  /** Gives up what each process did, and returns how many there were. */
  forgetParts(): number {
    const { size } = this.parts;
    this.#lastDiagnosis = this.#diagnosis();
    this.parts.clear();
    return size;
  }

  toRun(): Run {
    return withoutHome<Run>({
      id: this.id,
      number: this.number,
      sink: this.sink.id,
      processes: [...this.processes].map((process) => process.id),
      state: this.state,
      startedAt: toIso(this.startedMs),
      endedAt: this.endedMs === null ? null : toIso(this.endedMs),
      durationMs: this.endedMs === null ? null : this.endedMs - this.startedMs,
      recordingMs: this.#recordingMs,
      epoch: this.epoch,
      ...(this.#epochs.size === 0 ? {} : { epochs: this.#epochsById() }),
      ...(this.resumed === undefined ? {} : { resumed: this.resumed }),
      cell: this.cell,
      failure: this.failure,
      diagnosis: this.#diagnosis(),
      ...(this.parts.size === 0 ? {} : { perProcess: this.#perProcess() }),
    });
  }

  #diagnosis(): string | null {
    // A step has no pipeline in its own run that could be slow.
    if (this.spans) return null;
    const sink = this.parts.get(this.sink);
    if (sink === undefined) return this.#lastDiagnosis;
    const figuresOf = (part: ProcessRunRecord): Figures => figuresInRun(part.process.figures, part.toProcessRun());
    const steps = [...this.parts.values()].filter((part) => part !== sink);
    return diagnosisOf(figuresOf(sink), steps.map(figuresOf));
  }

  #perProcess(): { [process: string]: ProcessRun } {
    return Object.fromEntries([...this.parts].map(([{ id }, part]) => [id, part.toProcessRun()]));
  }

  #epochsById(): { [process: string]: number } {
    return Object.fromEntries([...this.#epochs].map(([{ id }, epoch]) => [id, epoch]));
  }
}
