import { BadRecord, type Block, PassedOver } from './bad-record';
import { Chunk, END, type MaybePromise, type Pulled } from '../engine/chunk';
import { closeIterator } from '../engine/close-iterator';
import { pipelineError } from '../engine/errors';
import { decide, type OnError } from '../engine/on-error';
import { originOf } from '../engine/origin';
import type { Place } from '../engine/place';
import type { Probe } from '../engine/probe';
import type { SourcePlace } from '../engine/source-stage';
import type { Stage } from '../engine/stage';

/** Why `onError` is of no use to what the reader itself failed on. */
const LAST = 'onError leaves out single records; behind this error none can be found';

/**
 * Items that come some at a time, as parsers of streams give them. A bad record counts as a row, so that those after it
 * keep theirs.
 */
export class BlockSource implements Stage {
  #blocks: AsyncIterator<Block> | null = null;
  #reading = false;
  #failure: Error | null = null;
  #block: readonly unknown[] = [];
  #at = 0;
  #row = 0;
  /** The first row that is wanted. */
  #from = 0;
  #ended = false;

  constructor(
    private readonly open: (from: number) => AsyncIterator<Block>,
    private readonly place: SourcePlace,
    private readonly probe: Probe | null,
    private readonly onError: OnError = 'throw',
  ) {}

  pull(want: number): MaybePromise<Pulled> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#at < this.#block.length) return this.#emit(want);
    return this.#ended ? END : this.#read(want);
  }

  /** The reader passes over as many of the rows before as it can; the others are read, and go nowhere. */
  seek(place: Place): Stage | null {
    if (!this.place.isAt(place) || place.again.length > 0) return null;
    this.#from = place.row + 1;
    return this;
  }

  async #read(want: number): Promise<Pulled> {
    let start = this.probe?.beginSource() ?? 0;
    this.#reading = true;
    try {
      for (;;) {
        const next = (this.#blocks ??= this.open(this.#from)).next();
        const suspension = this.probe?.suspend(start) ?? null;
        const result = await next;
        start = this.probe?.resume(suspension) ?? 0;
        if (result.done === true) {
          this.#ended = true;
          this.probe?.endSource(start, 0);
          this.probe?.finish();
          return END;
        }
        if (!(result.value instanceof BadRecord)) {
          this.#accept(result.value);
          break;
        }
        if (this.#row < this.#from) {
          this.#row++;
          continue;
        }
        this.#failure = this.#bad(result.value);
        if (this.#failure !== null) {
          await this.#blocks.return?.();
          throw this.#failure;
        }
        this.#row++;
      }
    } catch (cause) {
      this.#ended = true;
      if (this.#failure === null) this.#fail(cause);
      throw this.#failure;
    } finally {
      this.#reading = false;
    }
    this.probe?.endSource(start, this.#block.length);
    return this.#at < this.#block.length ? this.#emit(want) : Chunk.empty();
  }

  #accept(block: readonly unknown[] | PassedOver): void {
    const unwanted = Math.min(Math.max(0, this.#from - this.#row), block.length);
    this.#block = block instanceof PassedOver ? [] : block;
    this.#at = unwanted;
    this.#row += unwanted;
  }

  /** Returns null if it is left out, else the error to throw. */
  #bad({ cause, origin, input, mayBeLeftOut }: BadRecord): Error | null {
    const { kind, label } = this.place;
    const place = { kind, label, index: this.#row, origin, input, isTold: true };
    return decide(this.onError, cause, place, this.probe, mayBeLeftOut ? undefined : null);
  }

  #fail(cause: unknown): void {
    const { kind, label } = this.place;
    const advice = this.onError === 'throw' ? undefined : LAST;
    this.#failure = pipelineError(cause, { kind, label, index: this.#row, origin: null, advice });
    this.probe?.fail(this.#failure);
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
