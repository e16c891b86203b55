import { kindOf } from 'stemma-document';
import { neverEnds } from '../graph/endless';
import type { Node } from '../graph/node';
import { rememberResult } from '../graph/results';
import { type Chunk, END } from '../engine/chunk';
import { pipelineError } from '../engine/errors';
import { decide } from '../engine/on-error';
import { Pace } from '../engine/pace';
import { type CallScope, callWithin, enterScope, leaveScope } from '../recorder/call-scope';
import { isThenable } from '../engine/thenable';
import type { FunctionContext } from '../engine/user-function';
import { SetupError } from '../util/setup-error';
import { type SinkDefinition, SinkRun } from './run-sink';

const ENDS = 'use take(n) before it, or pass a signal that ends it, or leave a for await loop by break';

/** Takes one item; a promise is waited for. */
export type Take = (item: unknown, index: number, context: FunctionContext) => unknown;

/**
 * A sink that takes everything: pulls until the end, passes each item to `take`, and returns `result()`. `begin` comes
 * before the first pull.
 */
export function consume<T>(
  node: Node,
  definition: SinkDefinition,
  take: Take,
  result: () => T | Promise<T>,
  begin?: () => Promise<void>,
): Promise<T> {
  const { kind, options } = definition;
  // A function that is called for each item needs no end where a signal can make one.
  const { value, file } = kindOf(kind) ?? {};
  const needsEnd = value === true || file === true;
  if (node.endless && (needsEnd || options.signal === undefined))
    return Promise.reject(neverEnds(kind, node, needsEnd ? undefined : ENDS));
  const sink = new SinkRun(node, definition);
  const promise = new Drain(sink, kind, take).run(result, begin).then(
    async (value) => {
      await sink.complete(value);
      return value;
    },
    async (error: unknown) => {
      await sink.fail(error);
      throw error;
    },
  );
  rememberResult(promise, sink.process?.output ?? null, sink.session);
  return promise;
}

/** Takes one chunk after the other; also yields to the event loop within a chunk, where items take long. */
class Drain {
  readonly #pace = new Pace();
  /** Index of the chunk's first item. */
  #first = 0;
  readonly #scope: CallScope | null;

  constructor(
    private readonly sink: SinkRun,
    private readonly kind: string,
    private readonly take: Take,
  ) {
    this.#scope = sink.probe?.scope(sink.context.signal) ?? null;
  }

  async run<T>(result: () => T | Promise<T>, begin?: () => Promise<void>): Promise<T> {
    try {
      if (begin !== undefined) await this.sink.driver.settled(begin());
      await this.#takeEverything();
      return await result();
    } catch (error) {
      throw error instanceof SetupError ? this.#blame(error) : error;
    }
  }

  async #takeEverything(): Promise<void> {
    const { driver, probe } = this.sink;
    for (;;) {
      const { waitMs } = driver;
      const rest = driver.breathe();
      if (rest !== undefined) await rest;
      const pulled = driver.pull(Infinity);
      const chunk = pulled instanceof Promise ? await pulled : pulled;
      probe?.waited(driver.waitMs - waitMs);
      if (chunk === END) break;
      if (chunk.length === 0) continue;
      const taken = this.#takeAll(chunk);
      if (taken !== undefined) await taken;
      this.#first += chunk.length;
      // Whatever still knows the chunk, such as a promise of it, would keep its items alive until the next one comes.
      chunk.truncate(0);
    }
  }

  /** Synchronous as long as `take` is, and quick. */
  #takeAll(chunk: Chunk): Promise<void> | undefined {
    this.sink.probe?.countInput(chunk.length);
    const taken = this.#takeSome(chunk, 0);
    return taken === chunk.length ? undefined : this.#takeOthers(chunk, taken);
  }

  async #takeOthers(chunk: Chunk, first: number | Promise<number>): Promise<void> {
    const { driver } = this.sink;
    for (let at = await first; at < chunk.length; at = await this.#takeSome(chunk, at)) {
      const rest = driver.breathe();
      if (rest !== undefined) await rest;
    }
  }

  /** Takes the items from `at` on; returns the index it stopped at. */
  #takeSome(chunk: Chunk, at: number): number | Promise<number> {
    const { probe } = this.sink;
    const left = chunk.length - at;
    const start = probe?.beginSource(left) ?? 0;
    const end = (to: number, begun: number): number => {
      probe?.putBack(chunk.length - to);
      probe?.end(begun, to - at, this.#pace.longestMs);
      return to;
    };
    this.#pace.longestMs = 0;
    const taken = this.#takeNow(chunk, at);
    if (typeof taken === 'number') return end(taken, start);
    const suspension = probe?.suspend(start) ?? null;
    return taken.then((to) => end(to, probe?.resume(suspension) ?? 0));
  }

  #takeNow(chunk: Chunk, at: number): number | Promise<number> {
    const { values } = chunk;
    const { context } = this.sink;
    // Not as a method: the trace of an error would name this class.
    const { take } = this;
    const pace = this.#pace;
    if (values.length - at > pace.stride) pace.begin();
    let i = at;
    const outer = enterScope(this.#scope);
    try {
      for (;;) {
        const end = Math.min(i + pace.stride, values.length);
        for (; i < end; i++) {
          const taken = take(values[i], this.#first + i, context);
          if (typeof taken === 'object' && isThenable(taken)) return this.#takeRest(chunk, i, taken);
        }
        if (i === values.length || pace.look()) return i;
      }
    } catch (error) {
      this.#skipOrThrow(error, chunk, i);
      return i + 1;
    } finally {
      leaveScope(outer);
    }
  }

  /** The function returned a promise for item `at`: it and the others are awaited one by one. */
  async #takeRest(chunk: Chunk, at: number, pending: PromiseLike<unknown>): Promise<number> {
    const { driver, context } = this.sink;
    const { take } = this;
    let i = at;
    try {
      await driver.settled(pending);
      for (i++; i < chunk.length; i++) {
        const rest = driver.breathe();
        if (rest !== undefined) await rest;
        const taken = callWithin(this.#scope, () => take(chunk.values[i], this.#first + i, context));
        if (isThenable(taken)) await driver.settled(taken);
      }
      return i;
    } catch (error) {
      this.#skipOrThrow(error, chunk, i);
      return i + 1;
    }
  }

  /**
   * The sink failed on an item, which is left out where that was asked for. Where the run was aborted, no item is to
   * blame.
   */
  #skipOrThrow(error: unknown, chunk: Chunk, i: number): void {
    const { sink } = this;
    if (sink.abortReason !== undefined) throw sink.abortReason;
    if (error instanceof SetupError) throw error;
    const [index, origin] = [this.#first + i, sink.describeOrigin(chunk.originAt(i))];
    const place = { kind: this.kind, label: this.#label, index, origin, input: chunk.values[i] };
    const failure = decide(
      sink.onError ?? 'throw',
      error,
      place,
      sink.probe,
      sink.onError === undefined ? null : undefined,
    );
    if (failure !== null) throw failure;
  }

  /** Something failed for which no item is to blame. */
  #blame(error: SetupError): Error {
    const { sink } = this;
    if (sink.abortReason !== undefined) return sink.abortReason;
    const failure = pipelineError(error, { kind: this.kind, label: this.#label, index: null, origin: null });
    sink.probe?.fail(failure);
    return failure;
  }

  get #label(): string {
    return this.sink.process?.definition.label ?? this.kind;
  }
}
