import { type Chunk, END, type MaybePromise, type Pulled } from '../../engine/chunk';
import { pipelineError } from '../../engine/errors';
import { adopting } from './carried-origins';
import type { Origin } from '../../engine/origin';
import type { Probe } from '../../engine/probe';
import type { Run } from '../../engine/run';
import type { Stage } from '../../engine/stage';

/** Where a cache keeps what passes, for one run. */
export interface CacheWriter {
  /** Keeps a copy of the chunk, whose arrays belong to someone else. */
  add(chunk: Chunk): MaybePromise<void>;
  /** The stream came to its end: from now on the cache may be read. */
  complete(): MaybePromise<void>;
  /** The run ended before: what was kept is of no use. */
  discard(): MaybePromise<void>;
}

export interface CacheReader {
  /** Up to `want` items, in arrays of their own. */
  pull(want: number): MaybePromise<Pulled>;
  close(): MaybePromise<void>;
}

/**
 * Maps the epoch an item was cached in to the epoch of the pass that replays it, so that downstream random operations
 * draw new numbers on each pass.
 */
export type EpochOf = (epoch: number) => number;

interface CachePlace {
  kind: string;
  label: string;
}

/** The first pass: passes items on, and keeps them. */
export class CacheStage implements Stage {
  #ended = false;
  #count = 0;
  #complete = false;
  readonly #adopted: (origin: Origin) => Origin;

  constructor(
    private readonly upstream: Stage,
    private readonly writer: CacheWriter,
    private readonly place: CachePlace,
    private readonly probe: Probe | null,
    run: Run,
    epochOf: EpochOf,
    /** How many items there will be, where it is known: the cache is whole with the last of them. */
    private readonly length: number | null,
    /** Called where a run ends before the cache is complete. */
    private readonly onDiscard: () => void,
  ) {
    this.#adopted = adopting(run, run.sourceEntry, epochOf);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#ended) return END;
    const pulled = this.upstream.pull(want, limit);
    return pulled instanceof Promise ? pulled.then((chunk) => this.#keep(chunk)) : this.#keep(pulled);
  }

  #keep(chunk: Pulled): MaybePromise<Pulled> {
    const start = this.probe?.begin(chunk?.length ?? 0) ?? 0;
    const kept = this.#try(() => this.#write(chunk));
    if (!(kept instanceof Promise)) return this.#hand(chunk, start);
    const suspension = this.probe?.suspend(start) ?? null;
    return kept.then(
      () => this.#hand(chunk, this.probe?.resume(suspension) ?? 0),
      (error) => this.#fail(error),
    );
  }

  /** Nobody need ask for the end: a loop of as many steps as there are items never does. */
  #write(chunk: Pulled): MaybePromise<void> {
    if (chunk === END) return this.#close();
    this.#count += chunk.length;
    const added = this.writer.add(chunk);
    if (this.#count !== this.length) return added;
    return added instanceof Promise ? added.then(() => this.#close()) : this.#close();
  }

  #close(): MaybePromise<void> {
    if (this.#complete) return;
    this.#complete = true;
    return this.writer.complete();
  }

  #hand(chunk: Pulled, start: number): Pulled {
    if (chunk === END) {
      this.#ended = true;
      this.probe?.end(start, 0);
      this.probe?.finish();
      return END;
    }
    for (let i = 0; i < chunk.length; i++) chunk.origins[i] = this.#adopted(chunk.origins[i]!);
    this.probe?.end(start, chunk.length);
    this.probe?.emit(chunk);
    return chunk;
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(cause: unknown): never {
    this.#complete = false;
    const error = pipelineError(cause, { ...this.place, index: null, origin: null });
    this.probe?.fail(error);
    throw error;
  }

  close(): MaybePromise<void> {
    const isDiscarded = !this.#ended && !this.#complete;
    this.#ended = true;
    if (!isDiscarded) return this.upstream.close();
    if (this.#count > 0) this.onDiscard();
    const discarded = this.writer.discard();
    return discarded instanceof Promise ? discarded.then(() => this.upstream.close()) : this.upstream.close();
  }
}

/** Later: what was kept; nothing upstream runs. */
export class ReadStage implements Stage {
  constructor(
    private readonly reader: CacheReader,
    private readonly place: CachePlace,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number): MaybePromise<Pulled> {
    const start = this.probe?.beginSource() ?? 0;
    const pulled = this.reader.pull(want);
    if (!(pulled instanceof Promise)) return this.#hand(pulled, start);
    const suspension = this.probe?.suspend(start) ?? null;
    return pulled.then(
      (chunk) => this.#hand(chunk, this.probe?.resume(suspension) ?? 0),
      (error) => this.#fail(error),
    );
  }

  #hand(chunk: Pulled, start: number): Pulled {
    this.probe?.endSource(start, chunk?.length ?? 0);
    if (chunk === END) this.probe?.finish();
    else this.probe?.emit(chunk);
    return chunk;
  }

  #fail(cause: unknown): never {
    const error = pipelineError(cause, { ...this.place, index: null, origin: null });
    this.probe?.fail(error);
    throw error;
  }

  close(): MaybePromise<void> {
    return this.reader.close();
  }
}
