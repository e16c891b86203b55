import { setImmediate } from 'node:timers';
import { type Chunk, END, MAX_CHUNK, type MaybePromise, type Pulled } from '../../engine/chunk';
import type { Run } from '../../engine/run';
import type { Stage } from '../../engine/stage';

/** How long the event loop waits for a pass at most. */
const YIELD_MS = 6;

/** Reads a stream once to its end before the first item of what follows is asked for. */
export class PlannedStage implements Stage {
  #passing: Stage | null = null;
  #inner: Stage | null = null;
  #closed = false;

  /** `first`: opens the stream to be read beforehand; null where there is no need to. */
  constructor(
    private readonly first: (() => Stage) | null,
    private readonly see: (chunk: Chunk, index: number) => void,
    private readonly atEnd: () => void,
    private readonly then: () => Stage,
    private readonly run: Run,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#inner !== null) return this.#inner.pull(want, limit);
    if (this.first === null) return this.#open().pull(want, limit);
    return this.#readAll(this.first()).then(() => (this.#closed ? END : this.#open().pull(want, limit)));
  }

  #open(): Stage {
    return (this.#inner = this.then());
  }

  async #readAll(stage: Stage): Promise<void> {
    this.#passing = stage;
    let index = 0;
    let sinceMs = performance.now();
    for (;;) {
      this.run.throwIfAborted();
      const chunk = await stage.pull(MAX_CHUNK, Infinity);
      if (chunk === END || this.#closed) break;
      this.see(chunk, index);
      index += chunk.length;
      if (performance.now() - sinceMs < YIELD_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sinceMs = performance.now();
    }
    if (!this.#closed) this.atEnd();
    this.#passing = null;
    await stage.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#passing?.close();
    await this.#inner?.close();
  }
}
