import { now } from '../util/clock';
import { Chunk, END, MAX_CHUNK, type MaybePromise, type Pulled } from './chunk';
import { closeAll, type Inlet } from './inlet';
import type { Probe } from './probe';
import type { Stage } from './stage';

/** Says from which stream the next item comes. */
export interface Picker {
  /** The index of a stream that has not ended; -1 where the whole ends. */
  pick(ended: readonly boolean[]): number;
}

/** One stream out of several, item by item as a `Picker` chooses. */
export class PickStage implements Stage {
  readonly #ended: boolean[];
  /** The stream that the next item comes from; null where it is to be chosen. */
  #current: number | null = null;
  #finished = false;
  #error: unknown;

  constructor(
    private readonly inlets: readonly Inlet[],
    private readonly picker: Picker,
    private readonly probe: Probe | null,
  ) {
    this.#ended = inlets.map(() => false);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#error !== undefined) throw this.#error;
    const output = Chunk.empty();
    // Which stream will give how many is not known: where only a few are wanted, each is asked for one at a time.
    const share = limit > MAX_CHUNK ? Math.ceil(want / this.inlets.length) : 1;
    let asked = false;
    let start = this.probe?.beginSource() ?? 0;
    while (!this.#finished && output.length < want) {
      this.#current ??= this.picker.pick(this.#ended);
      if (this.#current === -1) {
        this.#finished = true;
        break;
      }
      const inlet = this.inlets[this.#current]!;
      if (inlet.available === 0 && !inlet.ended) {
        if (asked && output.length === 0) return output;
        // Upstream has its own clock.
        const left = start === 0 ? 0 : now();
        const waiting = this.#fill(inlet, share, limit - output.length, output);
        if (start !== 0) start += now() - left;
        if (this.#error !== undefined) break;
        if (waiting !== undefined)
          return output.length > 0 ? this.#emit(output, start) : waiting.then(() => this.pull(want, limit));
        asked = true;
      }
      if (inlet.available > 0) {
        const { value, origin } = inlet.take();
        output.values.push(value);
        output.origins.push(origin);
        this.#current = null;
      } else if (inlet.ended) {
        this.#ended[this.#current] = true;
        this.#current = null;
      } else break;
    }
    return output.length === 0 && this.#finished ? this.#end() : this.#emit(output, start);
  }

  /** The items before a failure are passed on first. */
  #fill(inlet: Inlet, want: number, limit: number, output: Chunk): MaybePromise<void> {
    try {
      return inlet.fill(want, limit);
    } catch (error) {
      this.#error = error;
      if (output.length === 0) throw error;
    }
  }

  #emit(output: Chunk, start: number): Pulled {
    this.probe?.endSource(start, output.length);
    this.probe?.emit(output);
    return output;
  }

  #end(): MaybePromise<Pulled> {
    this.probe?.finish();
    const closed = closeAll(this.inlets);
    return closed instanceof Promise ? closed.then(() => END) : END;
  }

  close(): MaybePromise<void> {
    this.#finished = true;
    return closeAll(this.inlets);
  }
}
