import { type Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { goOn } from './go-on';
import type { Place } from './place';
import type { Probe } from './probe';
import type { Stage } from './stage';

/** A synchronous operation on chunks. The engine around it pulls, times, counts and samples. */
export interface Transform {
  /** How many items it needs from upstream to emit `want`. Default: as many. */
  demand?(want: number): number;
  /** How many items it will ever need from upstream if `limit` are asked of it. Default: as many. */
  limit?(limit: number): number;
  /** Processes a chunk, which it owns; may return an empty one. */
  push(input: Chunk): Chunk;
  /** Up to `want` of the items that are left when upstream has ended; called again until it returns an empty chunk. */
  flush?(want: number): Chunk;
  /** True once it wants nothing more from upstream. */
  readonly done?: boolean;
  /** What it failed with after it had emitted something: thrown once that was passed on. */
  readonly failure?: Error | null;
  /** How many items it holds back. */
  readonly buffered?: number;
  /** Where upstream has to go on so that this does at `place`, and what to do once upstream can; null: it cannot. */
  seek?(place: Place): { upstream: Place; begin?: () => void } | null;
}

/** Runs a `Transform`. */
export class TransformStage implements Stage {
  #ended = false;
  #closed = false;

  constructor(
    private upstream: Stage,
    private readonly transform: Transform,
    private readonly probe: Probe | null,
  ) {
    if (transform.buffered !== undefined) probe?.process.buffer.set(() => transform.buffered!);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.transform.failure)
      this.#try(() => {
        throw this.transform.failure;
      });
    if (this.#ended) return this.#flush(want);
    const { transform } = this;
    if (transform.done === true) return this.#finish();
    const needed = transform.demand === undefined ? want : transform.demand(want);
    const most = transform.limit === undefined ? limit : transform.limit(limit);
    const input = this.upstream.pull(Math.min(needed, most), most);
    if (!(input instanceof Promise)) return this.#apply(input, want);
    const asked = this.probe?.beginWait() ?? 0;
    return input.then((chunk) => {
      this.probe?.endWait(asked);
      return this.#apply(chunk, want);
    });
  }

  seek(place: Place): Stage | null {
    const before = this.transform.seek?.(place) ?? null;
    const upstream = before && goOn(this.upstream, before.upstream);
    if (upstream === null) return null;
    this.upstream = upstream;
    before?.begin?.();
    return this;
  }

  #apply(input: Pulled, want: number): Pulled {
    if (input === END) {
      this.#ended = true;
      return this.#flush(want);
    }
    const { probe } = this;
    if (probe === null) return this.transform.push(input);
    const items = input.values.length;
    const start = probe.begin(items);
    const output = this.#try(() => this.transform.push(input));
    probe.end(start, items);
    probe.emit(output);
    return output;
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.probe?.fail(error);
      throw error;
    }
  }

  #flush(want: number): Pulled {
    const { probe } = this;
    const start = probe?.beginOutput() ?? 0;
    const output = this.#try(() => this.transform.flush?.(want));
    probe?.endOutput(start, output?.length ?? 0);
    if (output === undefined || output.length === 0) {
      probe?.finish();
      return END;
    }
    probe?.emit(output);
    return output;
  }

  /** Sources are released as soon as nothing more is wanted of them, not only when the run ends. */
  #finish(): MaybePromise<Pulled> {
    this.probe?.finish();
    const closed = this.close();
    return closed instanceof Promise ? closed.then(() => END) : END;
  }

  close(): MaybePromise<void> {
    if (this.#closed) return;
    this.#closed = true;
    return this.upstream.close();
  }
}
