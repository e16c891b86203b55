import { type CallScope, callWithin, enterScope, followsScopes, leaveScope } from '../recorder/call-scope';
import { now } from '../util/clock';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { pipelineError } from './errors';
import { Inlet } from './inlet';
import type { Origin } from './origin';
import { Pace } from './pace';
import type { Probe } from './probe';
import type { Run } from './run';
import type { Stage } from './stage';
import { isThenable } from './thenable';

/** In place of what comes out for an item: nothing does. */
export const LEFT_OUT = Symbol('left out');
/** In place of what comes out for an item: the stream ends before it. */
export const ENDS = Symbol('ends');

/**
 * What an operation does with one item after the other, since it depends on those before. Each pass of a run makes a
 * new one.
 */
export interface Serial {
  /** What the user's function says of the item, or a promise of it. */
  ask(value: unknown): unknown;
  /** What comes out: a value, `LEFT_OUT` or `ENDS`. */
  decide(returned: unknown, value: unknown): unknown;
  /** Each item may be the last: none is read before the one before it was decided on. */
  readonly oneByOne?: boolean;
}

/** Runs a `Serial`: without any promise as long as its function returns none. */
export class SerialStage implements Stage {
  readonly #inlet: Inlet;
  readonly #scope: CallScope | null;
  readonly #pace = new Pace();
  /** How many items were worked on. */
  #seen = 0;
  #ended = false;
  /** Thrown once the items before it were passed on. */
  #failure: { thrown: unknown } | null = null;

  constructor(
    upstream: Stage,
    private readonly serial: Serial,
    private readonly place: { kind: string; label: string },
    private readonly run: Run,
    private readonly probe: Probe | null,
  ) {
    this.#inlet = new Inlet(upstream, probe);
    this.#scope = probe?.scope(run.signal) ?? null;
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#failure !== null) throw this.#failure.thrown;
    if (this.#ended) return this.#end();
    const inlet = this.#inlet;
    const output = Chunk.empty();
    const first = this.#seen;
    let asked = false;
    let start = this.probe?.beginSource() ?? 0;
    this.#pace.begin();
    for (let look = this.#pace.stride; !this.#ended && this.#failure === null && output.length < want;) {
      if (inlet.available === 0) {
        if (inlet.ended) {
          this.#ended = true;
          break;
        }
        if (asked && this.serial.oneByOne !== true) break;
        // Upstream has its own clock.
        const left = start === 0 ? 0 : now();
        const waiting = this.#fill(this.serial.oneByOne === true ? 1 : want, limit - output.length);
        if (start !== 0) start += now() - left;
        if (waiting !== undefined)
          return output.length > 0 ? this.#emit(output, start, first) : waiting.then(() => this.pull(want, limit));
        asked = true;
        if (inlet.available === 0 && !inlet.ended) break;
        continue;
      }
      const { value, origin } = inlet.take();
      const promise = this.#work(value, origin, output);
      if (promise !== null) return this.#wait(promise, value, origin, output, start, first);
      if (--look > 0) continue;
      if (this.#pace.look()) break;
      look = this.#pace.stride;
    }
    return this.#emit(output, start, first);
  }

  /** The items before a failure upstream are passed on first. */
  #fill(want: number, limit: number): MaybePromise<void> {
    try {
      return this.#inlet.fill(want, limit);
    } catch (thrown) {
      this.#failure = { thrown };
    }
  }

  /** A promise of what the function says, where it has to be waited for. */
  #work(value: unknown, origin: Origin, output: Chunk): PromiseLike<unknown> | null {
    try {
      const returned = this.#ask(value);
      if (isThenable(returned)) return returned;
      this.#decide(returned, value, origin, output);
    } catch (error) {
      this.#fail(error, value, origin);
    }
    return null;
  }

  #ask(value: unknown): unknown {
    if (followsScopes()) return callWithin(this.#scope, () => this.serial.ask(value));
    const outer = enterScope(this.#scope);
    try {
      return this.serial.ask(value);
    } finally {
      leaveScope(outer);
    }
  }

  #decide(returned: unknown, value: unknown, origin: Origin, output: Chunk): void {
    const result = this.serial.decide(returned, value);
    this.#seen++;
    if (result === ENDS) this.#ended = true;
    else if (result !== LEFT_OUT) {
      output.values.push(result);
      output.origins.push(origin);
    }
  }

  async #wait(
    promise: PromiseLike<unknown>,
    value: unknown,
    origin: Origin,
    output: Chunk,
    start: number,
    first: number,
  ): Promise<Pulled> {
    const suspension = this.probe?.suspend(start) ?? null;
    try {
      this.#decide(await promise, value, origin, output);
    } catch (error) {
      this.#fail(error, value, origin);
    }
    return this.#emit(output, this.probe?.resume(suspension) ?? 0, first);
  }

  #fail(cause: unknown, input: unknown, origin: Origin): void {
    // What a function throws after the run was aborted does not count as its failure.
    if (this.run.aborted) {
      this.#failure = { thrown: this.run.signal.reason };
      return;
    }
    const at = { index: this.#seen++, origin: this.run.describeOrigin(origin), input };
    const error = pipelineError(cause, { ...this.place, ...at });
    this.probe?.fail(error);
    this.#failure = { thrown: error };
  }

  #emit(output: Chunk, start: number, first: number): MaybePromise<Pulled> {
    this.probe?.endSource(start, this.#seen - first);
    this.probe?.emit(output);
    if (output.length > 0) return output;
    if (this.#failure !== null) throw this.#failure.thrown;
    return this.#ended ? this.#end() : output;
  }

  /** Sources are released as soon as nothing more is wanted of them. */
  #end(): MaybePromise<Pulled> {
    this.probe?.finish();
    const closed = this.#inlet.close();
    return closed instanceof Promise ? closed.then(() => END) : END;
  }

  close(): MaybePromise<void> {
    this.#ended = true;
    return this.#inlet.close();
  }
}
