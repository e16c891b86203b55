import type { Node } from '../graph/node';
import { type Chunk, END } from '../engine/chunk';
import { pipelineError, PipelineError } from '../engine/errors';
import { LOOP_FAILED } from '../host';
import { type Suspension, THREAD } from '../recorder/thread-time';
import type { Origin } from '../engine/origin';
import { idle, now } from '../util/clock';
import type { OptionTypes } from '../util/options';
import { loopLeft, othersGoOn } from './loops-left';
import { checkedState, type IteratorState } from './iterator-state';
import { SINK_OPTIONS, SinkRun, type SinkOptions } from './run-sink';

/** The options of `iterate`. */
export interface IterateOptions extends SinkOptions {
  /** Goes on behind the item at which an earlier iterator returned this `state()`. */
  resume?: IteratorState;
}

/** Their names, for `optionsOf`. */
export const ITERATE_OPTIONS: OptionTypes<IterateOptions> = { ...SINK_OPTIONS, resume: 'any' };

/** An iterator that says where it is. */
export interface ResumableIterator<T> extends AsyncIterableIterator<T> {
  /**
   * Where it is, as a small JSON value: `iterate({ resume: state })` of the same dataset goes on with the next item, in
   * this process or another.
   *
   * @example
   * const train = Dataset.range(10).shuffle({ seed: 1 });
   * const iterator = train.iterate();
   * for (let i = 0; i < 4; i++) await iterator.next();
   * const text = JSON.stringify(iterator.state());
   * let rest = 0;
   * for await (const _ of train.iterate({ resume: JSON.parse(text) })) rest++;
   * rest; // 6
   *
   * @throws Error if the dataset cannot be read a second time in the same way: a stream or an iterator, or a function
   *   with `ordered: false`
   */
  state(): IteratorState;
}

const SOON = Promise.resolve();

/** The thread was hardly idle within less than this: not worth a look. */
const SHORT_MS = 0.02;

/** `for await`: one item at a time, nothing read ahead that a synchronous pipeline need not. */
export class DatasetIterator<T> implements ResumableIterator<T> {
  #sink: SinkRun | null = null;
  #done = false;
  #chunk: Chunk | null = null;
  #at = 0;
  /** Index of the chunk's first item. */
  #first = 0;
  /** Where the last item of the chunk before came from. */
  #lastOrigin: Origin | null = null;
  readonly #resume: IteratorState | undefined;
  /** What the loop's body threw, where a host reports it. */
  #thrown: { error: unknown } | null = null;
  /** Calls of `next` that are pending, and the latest of them. */
  #asked = 0;
  #latest: Promise<IteratorResult<T, undefined>> | null = null;
  /**
   * When the item before was handed over, 0 once the next one was asked for: the time since then is the user's, but for
   * what the pipeline did meanwhile.
   */
  #handedMs = 0;
  /** What of the thread's time was booked then. */
  #bookedMs = 0;
  #isFirst = true;
  /** While the user's code waits for something of its own. */
  #suspension: Suspension | null = null;
  /** Calls of the pipeline may settle while the user's code waits. */
  #isShared = false;
  /** The thread's idle time, as last looked at. */
  #idleMs = 0;

  constructor(
    private readonly node: Node,
    private readonly options: IterateOptions,
  ) {
    this.#resume = options.resume === undefined ? undefined : checkedState(node, options.resume);
    this.#first = this.#resume?.items ?? 0;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Like a generator's: a call waits until the previous one has settled. */
  next(): Promise<IteratorResult<T, undefined>> {
    const next = this.#asked++ === 0 ? this.#advance() : this.#latest!.then(this.#advance, this.#advance);
    this.#latest = next;
    return next;
  }

  readonly #advance = async (): Promise<IteratorResult<T, undefined>> => {
    try {
      if (this.#done) return { done: true, value: undefined };
      const sink = (this.#sink ??= this.#open());
      othersGoOn();
      const asked = now();
      this.#took(sink, asked);
      const rest = sink.driver.breathe();
      let isLate = rest !== undefined;
      if (rest !== undefined) await rest;
      while (this.#chunk === null || this.#at >= this.#chunk.length) {
        // Its last item is the user's alone now.
        this.#forget();
        const pulled = sink.driver.pull(1);
        if (pulled instanceof Promise) isLate = this.#isShared = true;
        const chunk = pulled instanceof Promise ? await pulled : pulled;
        if (chunk === END) {
          this.#done = true;
          this.#hand(sink, asked, isLate);
          await sink.complete();
          return { done: true, value: undefined };
        }
        this.#chunk = chunk;
        this.#at = 0;
        if (chunk.length > 0) break;
        const pause = sink.driver.breathe();
        isLate ||= pause !== undefined;
        if (pause !== undefined) await pause;
      }
      this.#hand(sink, asked, isLate);
      return { done: false, value: this.#chunk.values[this.#at++] as T };
    } catch (error) {
      this.#done = true;
      await this.#sink?.fail(error);
      throw error;
    } finally {
      this.#asked--;
    }
  };

  /** The chunk was handed out. */
  #forget(): void {
    const chunk = this.#chunk;
    if (chunk === null) return;
    if (chunk.length > 0) this.#lastOrigin = chunk.originAt(chunk.length - 1);
    this.#first += chunk.length;
    this.#chunk = null;
    this.#at = 0;
  }

  state(): IteratorState {
    const sink = (this.#sink ??= this.#open());
    const items = this.#first + this.#at;
    if (this.#resume !== undefined && items === this.#resume.items) return this.#resume;
    const origin = this.#chunk !== null && this.#at > 0 ? this.#chunk.originAt(this.#at - 1) : this.#lastOrigin;
    return sink.stateAt(items, origin);
  }

  /** Books the time from one item to the next call: what the pipeline did meanwhile is its own. */
  #took({ probe }: SinkRun, asked: number): void {
    if (probe === null || this.#handedMs === 0) return;
    const { timer } = probe.process;
    const ms = asked - this.#handedMs;
    this.#handedMs = 0;
    if (this.#suspension !== null) {
      timer.endCall(timer.resume(this.#suspension));
      this.#suspension = null;
      this.#idleMs = idle();
      return;
    }
    let idleMs = 0;
    if (ms > SHORT_MS) {
      const reading = idle();
      idleMs = Math.min(ms, reading - this.#idleMs);
      this.#idleMs = reading;
    }
    probe.took(ms - idleMs - (THREAD.bookedMs - this.#bookedMs), idleMs);
  }

  /** Books the wait since `asked`; `isLate`: for something that was not there at once. */
  #hand({ probe }: SinkRun, asked: number, isLate: boolean): void {
    if (probe === null) return;
    const handed = now();
    if (!this.#done) probe.countInput(1);
    probe.waited(handed - asked);
    if (isLate || this.#isFirst) this.#idleMs = idle();
    this.#isFirst = false;
    this.#bookedMs = THREAD.bookedMs;
    this.#handedMs = handed;
    if (!this.#isShared || this.#done) return;
    const { timer } = probe.process;
    const suspension = (this.#suspension = timer.suspend(handed));
    // The user's code goes on in the microtask after this one's. What it does before it waits for something is not that
    // of a call which settles then.
    void SOON.then(() => undefined).then(() => {
      if (suspension !== null && this.#suspension === suspension) timer.claim(suspension);
    });
  }

  #open(): SinkRun {
    const { next: entry } = DatasetIterator.prototype;
    const sink = new SinkRun(this.node, {
      kind: 'iterate',
      options: this.options,
      entry,
      hasState: true,
      resume: this.#resume,
    });
    forgotten.register(this, sink, this);
    return sink;
  }

  /** A host has seen the body of the loop throw, and is about to call `return`. */
  [LOOP_FAILED](error: unknown): void {
    this.#thrown = { error };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    const sink = this.#done ? null : this.#sink;
    this.#done = true;
    if (sink === null) return { done: true, value: undefined };
    this.#took(sink, now());
    const blame = this.#blame(sink);
    if (this.#thrown === null) {
      await sink.stop();
      loopLeft((error) => sink.failLate(blame(error)));
    } else {
      const failure = blame(this.#thrown.error);
      if (sink.abortReason === undefined) sink.probe?.fail(failure);
      await sink.fail(failure);
    }
    return { done: true, value: undefined };
  }

  /** Tells what the body threw with the item that it had. The user gets the error as it is. */
  #blame(sink: SinkRun): (error: unknown) => Error {
    const [chunk, at, index] = [this.#chunk, this.#at - 1, this.#first + this.#at - 1];
    const label = sink.process?.definition.label ?? 'iterate';
    return (thrown) => {
      // An error of another dataset has its own position, and calls that must not be added to.
      const error = thrown instanceof PipelineError ? new Error(thrown.message) : thrown;
      if (chunk === null || at < 0) return pipelineError(error, { kind: 'iterate', label, index: null, origin: null });
      const origin = sink.describeOrigin(chunk.originAt(at));
      return pipelineError(error, { kind: 'iterate', label, index, origin, input: chunk.values[at] });
    };
  }
}

/**
 * A trainer that takes some items and keeps no one waiting, such as `fitDataset` of TensorFlow.js, drops the iterator
 * without a word.
 */
const forgotten = new FinalizationRegistry<SinkRun>((sink) => void sink.stop().catch(() => undefined));
