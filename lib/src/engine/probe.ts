import type { ProcessRecord } from '../recorder/process-record';
import type { RunRecord } from '../recorder/run-record';
import type { Session } from '../recorder/session';
import type { Chunk } from './chunk';
import { failureOf } from './errors';

/** The engine's way to the record of one process in one run. No operator knows of it. */
export class Probe {
  constructor(
    readonly process: ProcessRecord,
    private readonly run: RunRecord,
    private readonly session: Session,
  ) {}

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
    this.process.itemsOut += items;
    const artifact = this.process.output!;
    const first = artifact.currentItems;
    artifact.currentItems = first + items;
    if ((artifact.sampler.wait -= items) >= 0) return;
    if (artifact.sampler.observe(chunk.values, chunk.origins, first, this.run))
      artifact.samplesVersion = this.session.version + 1;
    this.session.touch(artifact);
  }
}
