import { Chunk, END, type MaybePromise, type Pulled } from '../../engine/chunk';
import type { Origin } from '../../engine/origin';
import { goOn } from '../../engine/go-on';
import type { Place } from '../../engine/place';
import type { Probe } from '../../engine/probe';
import type { Run } from '../../engine/run';
import type { Stage } from '../../engine/stage';

/** Reads ahead while the consumer is at work: in the pauses that it leaves the event loop. */
export class PrefetchStage implements Stage {
  #values: unknown[] = [];
  #origins: Origin[] = [];
  #reading: Promise<void> | null = null;
  #scheduled: NodeJS.Immediate | null = null;
  #limit = Infinity;
  #ended = false;
  #closed = false;
  #error: { thrown: unknown } | null = null;

  constructor(
    private upstream: Stage,
    private readonly size: number,
    private readonly run: Run,
    private readonly probe: Probe | null,
  ) {
    probe?.process.buffer.set(() => this.#values.length);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    this.#limit = limit;
    if (this.#values.length === 0 && !this.#ended && this.#error === null) {
      this.#read(want);
      if (this.#reading !== null) {
        const asked = this.probe?.beginWait() ?? 0;
        return this.#reading.then(() => {
          this.probe?.endWait(asked);
          return this.#hand(want);
        });
      }
    }
    return this.#hand(want);
  }

  seek(place: Place): Stage | null {
    const upstream = goOn(this.upstream, place);
    if (upstream === null) return null;
    this.upstream = upstream;
    return this;
  }

  #hand(want: number): Pulled {
    const count = Math.min(want, this.#values.length);
    if (count === 0 && this.#error !== null) throw this.#error.thrown;
    if (count === 0 && this.#ended) {
      this.probe?.finish();
      return END;
    }
    const start = this.probe?.beginOutput() ?? 0;
    const output = new Chunk(this.#values.splice(0, count), this.#origins.splice(0, count));
    this.#limit -= count;
    this.probe?.endOutput(start, count);
    this.probe?.emit(output);
    this.#schedule();
    return output;
  }

  get #room(): number {
    return Math.min(this.size, this.#limit) - this.#values.length;
  }

  #schedule(): void {
    if (this.#room <= 0 || this.#scheduled !== null || this.#reading !== null || this.#done) return;
    this.#scheduled = setImmediate(() => {
      this.#scheduled = null;
      if (!this.#done && this.#reading === null) this.#read(this.run.chunk);
      this.#schedule();
    });
  }

  get #done(): boolean {
    return this.#ended || this.#closed || this.#error !== null || this.run.aborted;
  }

  /** One pull; its promise is kept in `#reading` until it settles. */
  #read(want: number): void {
    if (this.#reading !== null) return;
    try {
      const room = Math.max(1, this.#room);
      const pulled = this.upstream.pull(Math.min(want, room), room);
      if (!(pulled instanceof Promise)) return this.#accept(pulled);
      this.#reading = pulled
        .then(
          (chunk) => this.#accept(chunk),
          (thrown: unknown) => void (this.#error = { thrown }),
        )
        .then(() => {
          this.#reading = null;
          this.#schedule();
        });
    } catch (thrown) {
      this.#error = { thrown };
    }
  }

  #accept(chunk: Pulled): void {
    if (chunk === END) {
      this.#ended = true;
      return;
    }
    const start = this.probe?.begin(chunk.length) ?? 0;
    for (let i = 0; i < chunk.length; i++) {
      this.#values.push(chunk.values[i]);
      this.#origins.push(chunk.origins[i]!);
    }
    this.probe?.end(start, chunk.length);
  }

  close(): MaybePromise<void> {
    this.#closed = true;
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#values = [];
    this.#origins = [];
    return this.upstream.close();
  }
}
