import { now } from '../recorder/clock';
import type { ProcessRecord } from '../recorder/process-record';
import type { RunRecord } from '../recorder/run-record';
import type { Session } from '../recorder/session';
import type { Chunk } from './chunk';
import { failureOf } from './errors';
import { Followed } from './followed';
import type { Run } from './run';

/** The engine's way to the record of one process in one run. No operator knows of it. */
export class Probe {
  readonly #followed: Followed;

  constructor(
    readonly process: ProcessRecord,
    private readonly record: RunRecord,
    private readonly session: Session,
    run: Run,
  ) {
    this.#followed = new Followed(run.followed);
  }

  /** Before `items` are worked on; the answer goes to `end`. */
  begin(items: number): number {
    this.process.itemsIn += items;
    return this.process.timer.begin(items);
  }

  /** Items came in that are timed one by one. */
  countInput(items: number): void {
    this.process.itemsIn += items;
  }

  /** Starts the clock without counting: for sources, which nothing goes into, and for single calls. */
  beginSource(items = 0): number {
    return this.process.timer.begin(items);
  }

  end(start: number, items: number): void {
    this.process.timer.end(start, items);
  }

  /** Waits for a promise from upstream, and books the time. */
  waitFor<T>(pulled: Promise<T>): Promise<T> {
    const asked = now();
    const book = (): void => this.process.waited(now() - asked);
    pulled.then(book, book);
    return pulled;
  }

  /** The operation failed for good. */
  fail(error: unknown): void {
    this.process.failed++;
    this.process.state = 'failed';
    this.process.failure = failureOf(error);
  }

  /** The stream came to its end. */
  finish(): void {
    this.process.exhausted = true;
  }

  /** The operation put out `chunk`: counts it and looks at a few of its items. */
  emit(chunk: Chunk): void {
    const items = chunk.values.length;
    if (items === 0) return;
    const { process } = this;
    process.itemsOut += items;
    const artifact = process.output!;
    const first = artifact.currentItems;
    artifact.currentItems = first + items;
    if (first === 0) process.firstItemMs = now() - this.record.startedMs;
    const { sampler } = artifact;
    let changed = false;
    if ((sampler.wait -= items) < 0) changed = sampler.observe(chunk.values, chunk.origins, first, this.record);
    if (this.#followed.waiting) {
      for (const at of this.#followed.find(chunk.origins)) {
        sampler.follow(chunk.values[at], chunk.origins[at], first + at, this.record);
        changed = true;
      }
    }
    if (!changed) return;
    artifact.samplesVersion = this.session.version + 1;
    this.session.touch(artifact);
  }
}
