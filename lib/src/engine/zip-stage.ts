import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { closeAll, type Inlet } from './inlet';
import type { Origin } from './origin';
import type { Probe } from './probe';
import type { Stage } from './stage';

/** One item of each stream at a time, until one of them ends. */
export class ZipStage implements Stage {
  #ended = false;

  constructor(
    private readonly inlets: readonly Inlet[],
    private readonly join: (values: unknown[]) => unknown,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#ended) return END;
    const waiting: Promise<void>[] = [];
    for (const inlet of this.inlets) {
      const filled = inlet.fill(want, limit);
      if (filled !== undefined) waiting.push(filled);
      else if (inlet.ended && inlet.available === 0) break;
    }
    return waiting.length === 0 ? this.#zip(want) : Promise.all(waiting).then(() => this.#zip(want));
  }

  #zip(want: number): MaybePromise<Pulled> {
    const { inlets, probe } = this;
    if (inlets.some((inlet) => inlet.ended && inlet.available === 0)) return this.#end();
    const count = Math.min(want, ...inlets.map((inlet) => inlet.available));
    const output = Chunk.empty();
    for (let i = 0; i < count; i++) {
      const values = new Array<unknown>(inlets.length);
      const origins = new Array<Origin>(inlets.length);
      for (let k = 0; k < inlets.length; k++) {
        const { value, origin } = inlets[k]!.take();
        values[k] = value;
        origins[k] = origin;
      }
      output.values.push(this.join(values));
      output.origins.push(origins);
    }
    probe?.emit(output);
    return output;
  }

  async #end(): Promise<Pulled> {
    this.#ended = true;
    this.probe?.finish();
    await closeAll(this.inlets);
    return END;
  }

  close(): Promise<void> {
    this.#ended = true;
    return closeAll(this.inlets);
  }
}
