import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { closeIterator } from './close-iterator';
import { pipelineError } from './errors';
import { originOf } from './origin';
import type { Probe } from './probe';
import type { SourcePlace } from './source-stage';
import type { Stage } from './stage';

/** Items that come some at a time, as parsers of streams give them. */
export class BlockSource implements Stage {
  #blocks: AsyncIterator<readonly unknown[]> | null = null;
  #reading = false;
  #failure: Error | null = null;
  #block: readonly unknown[] = [];
  #at = 0;
  #row = 0;
  #ended = false;

  constructor(
    private readonly open: () => AsyncIterator<readonly unknown[]>,
    private readonly place: SourcePlace,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number): MaybePromise<Pulled> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#at < this.#block.length) return this.#emit(want);
    return this.#ended ? END : this.#read(want);
  }

  async #read(want: number): Promise<Pulled> {
    const start = this.probe?.beginSource() ?? 0;
    this.#reading = true;
    try {
      const result = await (this.#blocks ??= this.open()).next();
      if (result.done === true) {
        this.#ended = true;
        this.probe?.endSource(start, 0);
        this.probe?.finish();
        return END;
      }
      this.#block = result.value;
      this.#at = 0;
    } catch (cause) {
      this.#ended = true;
      const { kind, label } = this.place;
      this.#failure = pipelineError(cause, { kind, label, index: this.#row, origin: null });
      this.probe?.fail(this.#failure);
      throw this.#failure;
    } finally {
      this.#reading = false;
    }
    this.probe?.endSource(start, this.#block.length);
    return this.#emit(want);
  }

  #emit(want: number): Pulled {
    const start = this.probe?.beginOutput() ?? 0;
    const values = this.#block.slice(this.#at, this.#at + want);
    this.#at += values.length;
    const chunk = Chunk.successive(values, originOf(this.place.ordinal, this.#row));
    this.#row += values.length;
    this.probe?.endOutput(start, values.length);
    this.probe?.emit(chunk);
    return chunk;
  }

  close(): MaybePromise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#block = [];
    return closeIterator(this.#blocks, this.#reading);
  }
}
