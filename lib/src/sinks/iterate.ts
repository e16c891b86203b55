import type { Node } from '../graph/node';
import { type Chunk, END } from '../engine/chunk';
import { now } from '../util/clock';
import { SinkRun, type SinkOptions } from './run-sink';

/** `for await`: one item at a time, nothing read ahead that a synchronous pipeline need not. */
export class DatasetIterator<T> implements AsyncIterableIterator<T> {
  #sink: SinkRun | null = null;
  #done = false;
  #chunk: Chunk | null = null;
  #at = 0;
  /** Calls of `next` that are not answered, and the latest of them. */
  #asked = 0;
  #latest: Promise<IteratorResult<T, undefined>> | null = null;
  /** When the item before was handed over: the time since then is the user's. */
  #handedMs = 0;

  constructor(
    private readonly node: Node,
    private readonly options: SinkOptions,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** As a generator's: a call that comes before the one before it was answered waits for that. */
  next(): Promise<IteratorResult<T, undefined>> {
    const next = this.#asked++ === 0 ? this.#advance() : this.#latest!.then(this.#advance, this.#advance);
    this.#latest = next;
    return next;
  }

  readonly #advance = async (): Promise<IteratorResult<T, undefined>> => {
    try {
      if (this.#done) return { done: true, value: undefined };
      const sink = (this.#sink ??= new SinkRun(this.node, { kind: 'iterate', options: this.options }));
      const asked = now();
      const rest = sink.driver.breathe();
      if (rest !== undefined) await rest;
      while (this.#chunk === null || this.#at >= this.#chunk.length) {
        // Its last item is the user's alone now.
        this.#chunk = null;
        const pulled = sink.driver.pull(1);
        const chunk = pulled instanceof Promise ? await pulled : pulled;
        if (chunk === END) {
          this.#done = true;
          this.#wait(sink, asked);
          await sink.complete();
          return { done: true, value: undefined };
        }
        this.#chunk = chunk;
        this.#at = 0;
        if (chunk.length > 0) break;
        const pause = sink.driver.breathe();
        if (pause !== undefined) await pause;
      }
      this.#wait(sink, asked);
      return { done: false, value: this.#chunk.values[this.#at++] as T };
    } catch (error) {
      this.#done = true;
      await this.#sink?.fail(error);
      throw error;
    } finally {
      this.#asked--;
    }
  };

  /** Books the time between two items: to the user's code up to `asked`, to the pipeline from then on. */
  #wait(sink: SinkRun, asked: number): void {
    const { probe } = sink;
    if (probe === null) return;
    const handed = now();
    if (this.#handedMs > 0) probe.process.timer.book(asked - this.#handedMs);
    if (!this.#done) probe.countInput(1);
    probe.waited(handed - asked);
    this.#handedMs = handed;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#done = true;
    await this.#sink?.stop();
    return { done: true, value: undefined };
  }
}
