import { describe } from './describe';
import type { Node } from '../graph/node';
import type { Options } from '../graph/operation-options';
import { optionsOf } from '../graph/operation-options';
import type { Length } from 'stemma-document';
import { consume, type Take } from '../sinks/consume';
import { DatasetIterator, ITERATE_OPTIONS, type IterateOptions, type ResumableIterator } from '../sinks/iterate';
import { isThenable } from '../engine/thenable';
import type { FunctionContext } from '../engine/user-function';
import { SINK_OPTIONS, type SinkOptions } from '../sinks/run-sink';
import { type ChannelAxis, type DatasetStatistics, StatisticsAccumulator } from '../statistics/dataset-statistics';
import { checkFunction } from '../util/check';
import type { OptionTypes } from '../util/options';
import { DISPLAY, displayed } from '../widget/display';

/** The options of `statistics`. */
export interface StatisticsOptions extends SinkOptions {
  /** The axis of the channels of tensors, for statistics per channel. Default `'first'`; null for none. */
  channelAxis?: ChannelAxis;
}

const STATISTICS_OPTIONS: OptionTypes<StatisticsOptions> = { ...SINK_OPTIONS, channelAxis: 'any' };

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** The length of a dataset, and the sinks that run it. */
export abstract class Consumable<out T> implements AsyncIterable<T> {
  /** @internal */
  readonly node: Node;

  protected constructor(node: Node) {
    this.node = node;
  }

  /** @internal How `console.log` shows it. */
  [INSPECT](): string {
    return describe(this.node);
  }

  /** @internal How a notebook shows it: the graph that leads to it, its counts and samples, live. */
  [DISPLAY](): Record<string, unknown> | undefined {
    const text = (): string => describe(this.node);
    return this.node.record === null
      ? { 'text/plain': text() }
      : displayed({ session: this.node.session, focus: this.node.record, title: this.node.label, describe: text });
  }

  /**
   * The number of items, as far as it is known before a run.
   *
   * @example
   * Dataset.range(10).batch(3).length; // { kind: 'exact', items: 4 }
   */
  get length(): Length {
    return this.node.length();
  }

  /** Runs the dataset: each `for await` is one run. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return this.iterate();
  }

  /**
   * Iterates like `for await`, with options: a label, an AbortSignal, where to resume. `state()` of what it returns is
   * where it is.
   *
   * @example
   * let sum = 0;
   * for await (const n of Dataset.range(4).iterate('Sum')) sum += n;
   * sum; // 6
   */
  iterate(options?: Options<IterateOptions>): ResumableIterator<T> {
    return new DatasetIterator<T>(this.node, optionsOf(options, 'iterate', ITERATE_OPTIONS));
  }

  /**
   * Calls `fn` for one item after the other and awaits promises. `context.signal` is aborted when the run ends early.
   *
   * @example
   * await Dataset.range(3).forEach((n) => console.log(n), 'Print');
   */
  forEach(
    fn: (item: T, index: number, context: FunctionContext) => unknown,
    options?: Options<SinkOptions>,
  ): Promise<void> {
    checkFunction(fn, 'function of forEach');
    const definition = { kind: 'forEach' as const, options: optionsOf(options, 'forEach', SINK_OPTIONS), fn };
    return consume(this.node, definition, fn as Take, () => undefined);
  }

  /**
   * Returns all items as an array.
   *
   * @example
   * await Dataset.fromArray([3, 1]).toArray(); // [3, 1]
   */
  toArray(options?: Options<SinkOptions>): Promise<T[]> {
    const items: T[] = [];
    const definition = { kind: 'toArray' as const, options: optionsOf(options, 'toArray', SINK_OPTIONS) };
    return consume(
      this.node,
      definition,
      (item) => void items.push(item as T),
      () => items,
    );
  }

  /**
   * Reduces all items to one value: `fn`, which may be asynchronous, is called with the value so far and each item in
   * turn. The result is an artifact: name it in the `uses` of an operation that needs it.
   *
   * @example
   * await Dataset.range(5).reduce((sum, n) => sum + n, 0, 'Sum'); // 10
   */
  reduce<A>(
    fn: (value: A, item: T, index: number, context: FunctionContext) => A | PromiseLike<A>,
    initial: A,
    options?: Options<SinkOptions>,
  ): Promise<A> {
    checkFunction(fn, 'function of reduce');
    let value = initial;
    const take: Take = (item, index, context) => {
      const next = fn(value, item as T, index, context);
      if (isThenable(next)) return next.then((result) => void (value = result));
      value = next;
      return undefined;
    };
    return consume(
      this.node,
      { kind: 'reduce', options: optionsOf(options, 'reduce', SINK_OPTIONS), fn },
      take,
      () => value,
    );
  }

  /**
   * Runs the dataset and returns the number of items.
   *
   * @example
   * await Dataset.range(5).filter((n) => n > 2).count(); // 2
   */
  count(options?: Options<SinkOptions>): Promise<number> {
    let count = 0;
    const definition = { kind: 'count' as const, options: optionsOf(options, 'count', SINK_OPTIONS) };
    return consume(
      this.node,
      definition,
      () => void count++,
      () => count,
    );
  }

  /**
   * Describes the data in one pass: minimum, maximum, mean, standard deviation, quantiles and a histogram of each
   * numeric field and of each channel of tensors, and the values of categories. The result is an artifact: name it in
   * the `uses` of an operation that needs it.
   *
   * @example
   * const stats = await Dataset.fromArray([{ x: 1 }, { x: 3 }]).statistics();
   * stats.fields.x!.numbers!.mean; // 2
   * const { mean, std } = stats.fields.x!.numbers!;
   * const scaled = Dataset.fromArray([{ x: 5 }]).map(({ x }) => (x - mean) / std, { uses: [stats] });
   * await scaled.toArray(); // [3]
   */
  statistics(options?: Options<StatisticsOptions>): Promise<DatasetStatistics> {
    const given = optionsOf(options, 'statistics', STATISTICS_OPTIONS);
    const { channelAxis = 'first' } = given;
    const statistics = new StatisticsAccumulator(channelAxis);
    return consume(
      this.node,
      { kind: 'statistics', options: given, parameters: given.channelAxis === undefined ? {} : { channelAxis } },
      (item) => statistics.add(item),
      () => statistics.statistics(),
    );
  }
}
