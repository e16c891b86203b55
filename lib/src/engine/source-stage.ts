import type { CallScope } from '../recorder/call-scope';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { pipelineError } from './errors';
import { type AnyIterator, IteratorStage } from './iterator-stage';
import { originOf } from './origin';
import type { Place } from './place';
import type { Probe } from './probe';
import { SkipStage } from './skip-stage';
import type { Stage } from './stage';

/** Where a source is in the graph: for its errors and its items' origins. */
export interface SourcePlace {
  kind: string;
  label: string;
  /** From `Run.addSource`. */
  ordinal: number;
  /** Whether another run was at this source, and in this pass of it. */
  isAt: (place: Place) => boolean;
}

/** Items that are there, or can be made, by their index. */
export class IndexedSource implements Stage {
  #next = 0;
  /** Rows that are emitted before those from `#next` on. */
  #again: readonly number[] = [];
  #emitted = 0;

  constructor(
    private readonly length: number,
    /** The items `first` to `first + count - 1`, in an array of their own: one call for many items. */
    private readonly read: (first: number, count: number) => unknown[],
    private readonly place: SourcePlace,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number): Pulled {
    if (this.#emitted < this.#again.length) return this.#pullAgain(want);
    const { probe } = this;
    const count = Math.min(want, this.length - this.#next);
    if (count <= 0) {
      probe?.finish();
      return END;
    }
    const start = probe === null ? 0 : probe.beginSource(count);
    const first = this.#next;
    const chunk = Chunk.successive(this.read(first, count), originOf(this.place.ordinal, first));
    this.#next = first + count;
    if (probe !== null) {
      probe.end(start, count);
      probe.emit(chunk);
    }
    return chunk;
  }

  #pullAgain(want: number): Chunk {
    const rows = this.#again.slice(this.#emitted, this.#emitted + want);
    this.#emitted += rows.length;
    const start = this.probe?.beginSource(rows.length) ?? 0;
    const chunk = new Chunk(
      rows.map((row) => this.read(row, 1)[0]),
      rows.map((row) => originOf(this.place.ordinal, row)),
    );
    this.probe?.end(start, rows.length);
    this.probe?.emit(chunk);
    return chunk;
  }

  seek(place: Place): Stage | null {
    if (!this.place.isAt(place)) return null;
    this.#again = place.again;
    this.#next = Math.min(place.row + 1, this.length);
    return this;
  }

  close(): void {
    this.#again = [];
    this.#next = this.length;
  }
}

/** Items from an iterator, synchronous or not. */
export class IteratorSource extends IteratorStage {
  #row = 0;
  #ended = false;
  #failure: unknown;

  constructor(
    private readonly begin: () => AnyIterator,
    private readonly place: SourcePlace,
    probe: Probe | null,
    scope: CallScope | null = null,
  ) {
    super(scope, probe);
  }

  pull(want: number): MaybePromise<Pulled> {
    if (this.#failure !== undefined) throw this.#failure as Error;
    if (this.#ended) return END;
    return this.read(want, this.probe?.beginSource() ?? 0);
  }

  /** The items before are read, and nothing behind this source has to do with them. */
  seek(place: Place): Stage | null {
    const canGo = this.place.isAt(place) && place.again.length === 0;
    return canGo ? new SkipStage(this, place.row + 1, place.run) : null;
  }

  protected open(): AnyIterator {
    return this.begin();
  }

  protected take({ done, value }: IteratorResult<unknown>, chunk: Chunk): boolean {
    if (done === true) {
      this.#ended = true;
      return false;
    }
    chunk.values.push(value);
    chunk.origins.push(originOf(this.place.ordinal, this.#row++));
    return true;
  }

  /** What came before the error is passed on first. */
  protected fail(cause: unknown, chunk: Chunk, start: number): Pulled {
    this.#ended = true;
    const { kind, label } = this.place;
    this.#failure = pipelineError(cause, { kind, label, index: this.#row, origin: null });
    this.probe?.fail(this.#failure);
    if (chunk.length === 0) throw this.#failure as Error;
    return this.emit(chunk, start);
  }

  protected emit(chunk: Chunk, start: number): Pulled {
    this.probe?.endSource(start, chunk.length);
    if (chunk.length === 0) {
      this.probe?.finish();
      return END;
    }
    this.probe?.emit(chunk);
    return chunk;
  }

  close(): MaybePromise<void> {
    if (this.#ended) return;
    this.#ended = true;
    return this.closeIterator();
  }
}
