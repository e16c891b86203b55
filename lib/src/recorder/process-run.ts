import type { Failure, KnownState, ProcessRun } from 'stemma-document';
import type { StreamDigest } from './digests/stream-digest';
import type { ProcessRecord } from './process-record';
import type { Timer } from './timer';

/** Counts of one process, in one run or in all that have ended. */
export interface Counts {
  itemsIn: number;
  itemsOut: number;
  skipped: number;
  failed: number;
}

interface Times {
  selfMs: number | null;
  awaitMs: number | null;
}

/** What one process does in one run: the counters that the engine adds to. The totals of the process are their sums. */
export class ProcessRunRecord implements Counts {
  itemsIn = 0;
  itemsOut = 0;
  skipped = 0;
  failed = 0;
  state: KnownState = 'running';
  firstItemMs: number | null = null;
  failure: Failure | null = null;
  /** Of all that it emits; null where none is wanted. */
  digest: StreamDigest | null = null;
  #waitMs: number | null = null;
  /** Times of the process when the run began, by the timer that it had then. */
  readonly #before: { timer: Timer } & Times;
  /** Once the run has ended. */
  #times: Times | null = null;
  /** Likewise: what is still under way counts on. */
  #counts: Counts | null = null;

  constructor(
    readonly process: ProcessRecord,
    readonly run: string,
  ) {
    const { timer } = process;
    this.#before = { timer, selfMs: timer.spentMs, awaitMs: timer.awaitedMs };
  }

  /** Upstream kept the process waiting for `ms`; this wait stands for `weight` similar ones. */
  waited(ms: number, weight = 1): void {
    this.#waitMs = (this.#waitMs ?? 0) + ms * weight;
    this.process.waited(ms, weight);
  }

  skip(failure: Failure): void {
    this.skipped++;
    this.process.noteSkipped(failure);
  }

  /** The run is over. */
  end(state: KnownState): void {
    this.state = state;
    this.process.timer.settle();
    this.#times = this.#timesSoFar();
    this.#counts = this.#countsSoFar();
  }

  /** What settles from now on is none of the run. */
  get isOver(): boolean {
    return this.#counts !== null;
  }

  /** It failed after all. */
  failLate(failure: Failure): void {
    this.state = 'failed';
    this.failure = failure;
    if (this.#counts !== null) this.#counts.failed++;
  }

  /** A process that learns that its items overlap starts with a new timer. */
  #timesSoFar(): Times {
    const { timer } = this.process;
    const before = timer === this.#before.timer ? this.#before : null;
    const since = (ms: number | null, beforeMs: number | null = 0): number | null =>
      ms === null ? null : Math.max(0, ms - (beforeMs ?? 0));
    return { selfMs: since(timer.spentMs, before?.selfMs), awaitMs: since(timer.awaitedMs, before?.awaitMs) };
  }

  #countsSoFar(): Counts {
    const { itemsIn, itemsOut, skipped, failed } = this;
    return { itemsIn, itemsOut, skipped, failed };
  }

  /** Counts so far; once the run has ended, of then. */
  protected counts(): Counts {
    return this.#counts ?? this.#countsSoFar();
  }

  toProcessRun(): ProcessRun {
    const { state, firstItemMs, failure } = this;
    return {
      state,
      ...this.counts(),
      ...(this.#times ?? this.#timesSoFar()),
      waitMs: this.#waitMs,
      firstItemMs,
      failure: failure && this.process.shown(failure),
    };
  }
}

/** The part of a step in its own run. Loops within it are runs of the same process, and what they did is in it. */
export class SpanningRunRecord extends ProcessRunRecord {
  readonly #before = totalsOf(this.process);
  #ended: Totals | null = null;

  override end(state: KnownState): void {
    super.end(state);
    this.#ended = totalsOf(this.process);
  }

  protected override counts(): Counts {
    const { waitMs: _waitMs, ...counts } = this.#sinceBefore();
    return counts;
  }

  override toProcessRun(): ProcessRun {
    const { waitMs } = this.#sinceBefore();
    return { ...super.toProcessRun(), waitMs: waitMs === 0 ? null : waitMs };
  }

  #sinceBefore(): Totals {
    const until = this.#ended ?? totalsOf(this.process);
    const names = ['itemsIn', 'itemsOut', 'skipped', 'failed', 'waitMs'] as const;
    return Object.fromEntries(names.map((name) => [name, until[name] - this.#before[name]])) as unknown as Totals;
  }
}

type Totals = Counts & { waitMs: number };

function totalsOf({ itemsIn, itemsOut, skipped, failed, waitMs }: ProcessRecord): Totals {
  return { itemsIn, itemsOut, skipped, failed, waitMs: waitMs ?? 0 };
}
