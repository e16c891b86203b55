import { type Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { goOn } from './go-on';
import type { Place } from './place';
import type { Probe } from './probe';
import type { Stage } from './stage';

/** One stage after the other, each opened when the one before has ended. */
export class ChainStage implements Stage {
  #current: Stage | null = null;
  #opened = 0;
  #items = 0;
  #closed = false;

  /** `mode`: `until empty` also ends at a stage that emitted nothing, so that an empty stream repeated forever ends. */
  constructor(
    private readonly count: number,
    private readonly open: (index: number) => Stage,
    private readonly probe: Probe | null,
    private readonly mode: 'all' | 'until empty' = 'all',
    /** Which stage a place is in, and how many items those before it have, where that is known; else null. */
    private readonly locate: (place: Place) => { index: number; before: number | null } | null = () => null,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    for (;;) {
      if (this.#current === null) {
        if (this.#closed || this.#opened >= this.count) {
          this.probe?.finish();
          return END;
        }
        this.#items = 0;
        this.#current = this.open(this.#opened++);
      }
      const pulled = this.#current.pull(want, limit);
      if (pulled instanceof Promise)
        return pulled.then((chunk) => (chunk === END ? this.#goOn(want, limit) : this.#hand(chunk)));
      if (pulled !== END) return this.#hand(pulled);
      const left = this.#leave();
      if (left instanceof Promise) return left.then(() => this.pull(want, limit));
    }
  }

  seek(place: Place): Stage | null {
    const found = this.locate(place);
    if (found === null || !(found.index >= 0 && found.index < this.count)) return null;
    const { index, before } = found;
    const stage = this.open(index);
    const current = goOn(stage, {
      ...place,
      count: before === null || place.count === null ? null : place.count - before,
    });
    if (current === null) {
      void stage.close();
      return null;
    }
    this.#current = current;
    this.#opened = index + 1;
    // The place is behind an item of it.
    this.#items = 1;
    return this;
  }

  async #goOn(want: number, limit: number): Promise<Pulled> {
    await this.#leave();
    return this.pull(want, limit);
  }

  /** The current stage has ended: what it holds open is no longer needed. */
  #leave(): MaybePromise<void> {
    const ended = this.#current;
    this.#current = null;
    if (this.mode === 'until empty' && this.#items === 0) this.#closed = true;
    return ended?.close();
  }

  #hand(chunk: Chunk): Chunk {
    this.#items += chunk.length;
    if (this.probe !== null) {
      this.probe.countInput(chunk.length);
      this.probe.emit(chunk);
    }
    return chunk;
  }

  close(): MaybePromise<void> {
    this.#closed = true;
    const current = this.#current;
    this.#current = null;
    return current?.close();
  }
}
