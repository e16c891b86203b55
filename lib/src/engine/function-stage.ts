import { enterScope, leaveScope } from '../recorder/call-scope';
import { AsyncWindow, type Calls } from './async-window';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import type { FunctionMode } from './function-mode';
import { Pace } from './pace';
import { OwnLoop } from './own-loop';
import { goOn } from './go-on';
import type { Place } from './place';
import type { Stage } from './stage';
import { filterLoop, mapLoop, Sweep } from './sweep';
import type { UserFunction } from './user-function';

/** The pace at which calls are cheap enough for what goes on around them to matter. */
const CHEAP_STRIDE = 64;

/**
 * Calls a user's function for each item. As long as it returns plain values everything is synchronous; from the first
 * promise on, a window of calls is kept in flight. Calls that take long are spread over several pulls.
 */
export class FunctionStage implements Stage {
  #window: AsyncWindow | null = null;
  /** Items that came in and are not worked on yet. */
  #rest: Chunk | null = null;
  readonly #pace = new Pace();
  readonly #own: OwnLoop;
  /** Thrown at the next pull: the items before the failing one are passed on first. */
  #error: Error | null = null;

  constructor(
    private upstream: Stage,
    private readonly mode: FunctionMode,
    private readonly fn: UserFunction,
    private readonly calls: Calls,
  ) {
    this.#own = OwnLoop.of(fn.call, mode === 'map' ? mapLoop : filterLoop);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#window !== null) return this.#window.pull(want, limit);
    if (this.#error !== null) throw this.#error;
    if (this.#rest !== null) return this.#work(this.#takeRest(want), want, limit);
    const input = this.upstream.pull(want, limit);
    if (!(input instanceof Promise)) return this.#apply(input, want, limit);
    const asked = this.fn.probe?.beginWait() ?? 0;
    return input.then((chunk) => {
      this.fn.probe?.endWait(asked);
      return this.#apply(chunk, want, limit);
    });
  }

  /** Where every item gives one, as many came in as went out. */
  seek(place: Place): Stage | null {
    const count = this.mode === 'map' && this.fn.endsWithFailure ? place.count : null;
    const upstream = this.calls.ordered ? goOn(this.upstream, { ...place, count }) : null;
    if (upstream === null) return null;
    this.upstream = upstream;
    this.fn.seen = count === null ? 0 : count - place.again.length;
    return this;
  }

  #apply(input: Pulled, want: number, limit: number): MaybePromise<Pulled> {
    const { probe } = this.fn;
    if (input === END) {
      probe?.finish();
      return END;
    }
    probe?.countInput(input.values.length);
    return this.#work(input, want, limit);
  }

  #work(chunk: Chunk, want: number, limit: number): MaybePromise<Pulled> {
    const { probe } = this.fn;
    const start = probe === null ? 0 : probe.beginSource(chunk.values.length);
    this.#pace.longestMs = 0;
    const items = this.mode === 'map' ? this.#map(chunk, start) : this.#filter(chunk, start);
    if (probe !== null) {
      if (this.#window === null) probe.end(start, items, this.#pace.longestMs);
      probe.emit(chunk);
    }
    this.fn.seen += items;
    if (this.#window !== null && chunk.values.length === 0) return this.#window.pull(want, limit);
    if (this.#error !== null && chunk.values.length === 0) throw this.#error;
    return chunk;
  }

  /**
   * In place; returns the number of items that were processed. A skipped item is cut out; an error, a promise or a
   * used-up time slice ends the chunk there.
   */
  #map(chunk: Chunk, start: number): number {
    const { values } = chunk;
    const { seen } = this.fn;
    if (values.length > this.#pace.stride) this.#pace.begin();
    const sweep = new Sweep(chunk, this.fn.usesOrigin, false);
    let i = 0;
    let skipped = 0;
    for (;;) {
      i = this.#sweep(sweep, i);
      if (sweep.promise !== null) {
        this.#goAsync(chunk, i, seen + skipped + i, sweep.promise, start);
        return i + skipped;
      }
      if (sweep.failed) {
        this.#error = this.fn.failed(sweep.error, seen + skipped + i, chunk.originAt(i), values[i]);
        if (this.#error !== null) {
          this.fn.probe?.leave(values.length - i - 1);
          chunk.truncate(i);
          return i + skipped + 1;
        }
        chunk.origins.splice(i, 1);
        values.splice(i, 1);
        sweep.failed = false;
        skipped++;
      }
      if (i === values.length) return i + skipped;
      if (this.#pace.look()) {
        this.#putBack(chunk, i);
        chunk.truncate(i);
        return i + skipped;
      }
    }
  }

  #filter(chunk: Chunk, start: number): number {
    const { values } = chunk;
    const { seen } = this.fn;
    if (values.length > this.#pace.stride) this.#pace.begin();
    const sweep = new Sweep(chunk, this.fn.usesOrigin, true);
    let i = 0;
    for (;;) {
      i = this.#sweep(sweep, i);
      if (sweep.promise !== null) this.#goAsync(chunk, i, seen + i, sweep.promise, start);
      else if (sweep.failed) {
        this.#error = this.fn.failed(sweep.error, seen + i, chunk.originAt(i), values[i]);
        sweep.failed = false;
        i++;
        if (this.#error !== null) this.fn.probe?.leave(values.length - i);
      }
      if (this.#window !== null || this.#error !== null || i === values.length) break;
      if (this.#pace.look()) {
        this.#putBack(chunk, i);
        break;
      }
    }
    sweep.origins.length = sweep.kept;
    chunk.keep(sweep.origins);
    return i;
  }

  /** Calls the function for the next values, from `i` on, before the next look at the clock. */
  #sweep(sweep: Sweep, i: number): number {
    const { stride } = this.#pace;
    const outer = enterScope(this.fn.scope);
    const at = this.#own.loop(sweep, i, Math.min(i + stride, sweep.values.length), this.fn.call, this.fn.context);
    leaveScope(outer);
    if (stride >= CHEAP_STRIDE) this.#own.called(at - i);
    return at;
  }

  /** The items from `i` on are to be worked on in the next pull. */
  #putBack({ values, origins }: Chunk, i: number): void {
    const later = this.#rest;
    this.#rest = new Chunk(values.slice(i), origins.slice(i));
    this.fn.probe?.putBack(values.length - i);
    if (later === null) return;
    this.#rest.values.push(...later.values);
    this.#rest.origins.push(...later.origins);
  }

  #takeRest(want: number): Chunk {
    const rest = this.#rest!;
    if (rest.length > want) return new Chunk(rest.values.splice(0, want), rest.origins.splice(0, want));
    this.#rest = null;
    return rest;
  }

  /**
   * The call for item `i`, timed from `start`, returned a promise. It and the items after it move to a window of
   * asynchronous calls.
   */
  #goAsync(chunk: Chunk, i: number, index: number, promise: PromiseLike<unknown>, start: number): void {
    this.#putBack(chunk, i);
    chunk.truncate(i);
    this.#window = new AsyncWindow(this.upstream, this.mode, this.fn, this.calls, this.#takeRest(Infinity), index, {
      promise,
      start,
    });
  }

  close(): MaybePromise<void> {
    return this.upstream.close();
  }
}
