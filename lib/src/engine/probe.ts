import type { WrittenFile } from 'stemma-document';
import type { CallScope } from '../recorder/call-scope';
import type { Calls } from '../recorder/calls';
import type { StreamDigest } from '../recorder/digests/stream-digest';
import { now } from '../util/clock';
import type { ProcessRecord } from '../recorder/process-record';
import type { ProcessRunRecord } from '../recorder/process-run';
import type { RunRecord } from '../recorder/run-record';
import type { SampledRun } from '../recorder/observing/sampler';
import type { Session } from '../recorder/session';
import { type Suspension, THREAD } from '../recorder/thread-time';
import type { Chunk } from './chunk';
import { failureOf, locate } from './errors';
import type { Traced } from './traced';

/** A wait shorter than this is not worth two clock readings each time: only a sample of them is timed. */
const SHORT_WAIT_MS = 0.02;
const SHORT_WAITS = 16;

/** The engine's way to the record of one process in one pass of a run. No operator knows of it. */
export class Probe {
  /** The number of items that its pass has emitted. */
  #items = 0;
  #untimedWaits = 0;
  #waitWeight = 1;
  readonly process: ProcessRecord;

  constructor(
    private readonly part: ProcessRunRecord,
    private readonly record: RunRecord,
    private readonly run: SampledRun,
    private readonly session: Session,
    private readonly traced: Traced,
    /** Where the user's code declared the operation. */
    private readonly calls: Calls | null,
  ) {
    this.process = part.process;
  }

  /** For the first of two stages of one operation: what it passes to the second is not the operation's output. */
  inner(): Probe {
    return new InnerProbe(this.part, this.record, this.run, this.session, this.traced, this.calls);
  }

  /** In which the user's function is called. */
  scope(signal: AbortSignal): CallScope {
    return { process: this.process, run: this.record, session: this.session, signal };
  }

  /** Call before `items` are processed, and pass the result to `end`. */
  begin(items: number): number {
    this.part.itemsIn += items;
    return this.process.timer.begin(items);
  }

  /** Items came in that are timed one by one. */
  countInput(items: number): void {
    this.part.itemsIn += items;
  }

  /** Items that came in are not worked on after all: one before them ended the run. */
  leave(items: number): void {
    this.part.itemsIn -= items;
  }

  /** Starts the clock without counting: for sources, which nothing goes into. */
  beginSource(items = 0): number {
    return this.process.timer.begin(items);
  }

  /** After what `beginSource()` started, where only now it is known how many items there are. */
  endSource(start: number, items: number): void {
    this.process.timer.pass(items);
    this.process.timer.end(start, items);
  }

  /** `ms` of work that belongs to no item, such as opening a file. */
  spend(ms: number): void {
    this.process.timer.spend(ms);
  }

  /**
   * Call before items are emitted that were processed earlier, such as the rest of a shuffle or a batch, and pass the
   * result to `endOutput`.
   */
  beginOutput(): number {
    return this.process.timer.beginOutput();
  }

  endOutput(start: number, items: number): void {
    this.process.timer.endOutput(start, items);
  }

  /** This many of the items passed to `beginSource` are not processed now. */
  putBack(items: number): void {
    this.process.timer.pass(-items);
  }

  /** `longestMs`: what the longest of the items took, where that is known. */
  end(start: number, items: number, longestMs = 0): void {
    this.process.timer.end(start, items, longestMs);
  }

  /**
   * What was begun at `start` waits for a promise: the thread may do something else meanwhile. The result goes to
   * `resume`.
   */
  suspend(start: number): Suspension | null {
    return this.process.timer.suspend(start);
  }

  /**
   * The promise has settled; a start for `end`, 0 once the run is over. `upstreamMs`: for so long it was upstream that
   * the thread waited for.
   */
  resume(suspension: Suspension | null, upstreamMs = 0): number {
    return this.part.isOver ? 0 : this.process.timer.resume(suspension, upstreamMs);
  }

  /** Before a call whose end others may come before: the result goes to `endCall`, by way of `suspend` and `resume`. */
  beginCall(): number {
    return this.process.timer.beginCall();
  }

  endCall(start: number): void {
    if (start !== 0) this.process.timer.endCall(start);
  }

  /** A call that is not timed has settled. */
  passCall(): void {
    if (!this.part.isOver) this.process.timer.passCall();
  }

  /** The user's code had an item for `ms` of the thread's time, and let the thread wait for `awaitedMs` more. */
  took(ms: number, awaitedMs: number): void {
    const ownMs = Math.max(ms, 0);
    this.process.timer.took(ownMs, awaitedMs);
    THREAD.book(ownMs);
  }

  /**
   * Call before waiting for a promise from upstream, and pass the result to `endWait`. Only a sample of short waits is
   * timed.
   */
  beginWait(): number {
    return --this.#untimedWaits > 0 ? 0 : now();
  }

  endWait(asked: number): void {
    if (asked === 0) return;
    const ms = now() - asked;
    this.part.waited(ms, this.#waitWeight);
    this.#waitWeight = ms < SHORT_WAIT_MS ? SHORT_WAITS : 1;
    this.#untimedWaits = this.#waitWeight;
  }

  /** The operation failed for good, on `items` that are not counted yet. */
  fail(error: unknown, items = 1): void {
    locate(error, this.calls);
    if (this.isOver) return;
    this.part.failed += items;
    this.part.state = 'failed';
    this.part.failure = failureOf(error);
  }

  /** An item failed, and is left out. */
  skip(error: unknown): void {
    if (!this.isOver) this.part.skip(failureOf(error));
  }

  /** Upstream kept it waiting for `ms`. */
  waited(ms: number): void {
    this.part.waited(ms);
  }

  /** The record of the run is closed: what is still under way, such as calls that nobody waits for, is none of it. */
  private get isOver(): boolean {
    return this.record.control === null;
  }

  /** The stream came to its end. */
  finish(): void {
    this.process.output!.endPass(this.#items);
  }

  /** A sink wrote these files. */
  wrote(files: readonly WrittenFile[]): void {
    const artifact = this.process.output!;
    for (const { items = 0 } of files) this.#items += items;
    this.part.itemsOut += this.#items;
    artifact.currentItems += this.#items;
    this.finish();
    this.session.noteWritten(artifact, files);
  }

  /** The operation emitted `chunk`: counts it and looks at a few of its items. */
  emit(chunk: Chunk): void {
    const items = chunk.values.length;
    if (items === 0 || this.isOver) return;
    const { part } = this;
    this.#items += items;
    part.itemsOut += items;
    const artifact = this.process.output!;
    const first = artifact.currentItems;
    artifact.currentItems = first + items;
    if (first === 0) part.firstItemMs = now() - this.record.startedMs;
    if (part.digest !== null) this.#digest(part.digest, chunk);
    const { sampler } = artifact;
    let changed = false;
    if ((sampler.wait -= items) < 0) changed = sampler.observe(chunk, first, this.run);
    if (this.traced.waiting) {
      for (const [at, found] of this.traced.find(chunk)) {
        for (const origin of found) this.record.traced.pass(origin);
        sampler.trace(found, chunk.values[at], chunk.originAt(at), first + at, this.run);
        changed = true;
      }
    }
    if (!changed) return;
    artifact.samplesVersion = this.session.version + 1;
    this.session.touch(artifact);
  }

  /** A getter or a proxy of the user's may throw: then there is no digest, and the data go on. */
  #digest(digest: StreamDigest, { values }: Chunk): void {
    const began = now();
    try {
      digest.addAll(values);
    } catch {
      this.part.digest = null;
      this.process.output!.dropDigest(digest);
      this.session.countFailure();
    }
    this.run.looked(now() - began);
  }
}

class InnerProbe extends Probe {
  override emit(): void {}
  override finish(): void {}
}
