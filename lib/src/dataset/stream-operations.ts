import type { FunctionContext } from '../engine/user-function';
import type { Node } from '../graph/node';
import type { Options, OperationOptions } from '../graph/operation-options';
import { cache, type CacheOptions } from '../operators/cache/cache';
import { concat } from '../operators/concat';
import { distinct, type DistinctOptions } from '../operators/distinct';
import { epoch } from '../operators/epoch';
import { prefetch } from '../operators/prefetch/prefetch';
import { repeat } from '../operators/repeat';
import { sample, type SampleOptions } from '../operators/sample';
import { sampleWeighted } from '../operators/sample-weighted';
import type { RandomMapOptions } from '../operators/random-map';
import { scan } from '../operators/scan';
import { shard } from '../operators/shard';
import { shuffle, type ShuffleOptions } from '../operators/shuffle';
import { skip } from '../operators/skip';
import { split, type SplitOptions } from '../operators/split/split';
import { take } from '../operators/take';
import { skipWhile, takeWhile } from '../operators/take-while';
import { type StreamFunction, through, type ThroughOptions } from '../operators/through/through';
import type { Advice } from '../util/advice';
import { setField } from '../util/set-field';
import { type ConcatArguments, concatArguments } from './concat-arguments';
import type { Dataset } from './dataset';
import { BatchOperations } from './batch-operations';

/** Operations on the stream: which items it has, and in which order. */
export abstract class StreamOperations<out T> extends BatchOperations<T> {
  /**
   * Emits the items of this dataset, then those of the others. Options, if any, come last.
   *
   * @example
   * await Dataset.range(2).concat(Dataset.range(1), 'Both').toArray(); // [0, 1, 0]
   */
  concat(...others: ConcatArguments<T>): Dataset<T> {
    const [nodes, options] = concatArguments(others);
    return this.derive(concat([this.node, ...nodes], options));
  }

  /**
   * Emits the items in random order. `bufferSize` is that of tf.data: the number of items from which the next one is
   * drawn. By default it is the number of items if that is known, else 10,000. Each run has another order unless
   * `reshuffleEachIteration` is false.
   *
   * @example
   * const order = await Dataset.range(100).shuffle({ seed: 123, bufferSize: 32 }).toArray();
   */
  shuffle(options?: Options<ShuffleOptions> | Advice<'write shuffle({ bufferSize: 100 })'>): Dataset<T> {
    return this.derive(shuffle(this.node, options as Options<ShuffleOptions>));
  }

  /**
   * Emits the first `count` items and reads no more than these.
   *
   * @example
   * await Dataset.range(10).take(2).toArray(); // [0, 1]
   */
  take(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(take(this.node, count, options));
  }

  /**
   * Emits all but the first `count` items.
   *
   * @example
   * await Dataset.range(4).skip(2).toArray(); // [2, 3]
   */
  skip(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(skip(this.node, count, options));
  }

  /**
   * Emits items until `predicate`, which may be asynchronous, returns false. No item is read after that one, except by
   * asynchronous operations upstream, which read ahead. The source is then closed.
   *
   * @throws (in the run) a `PipelineError` with the item, if the function throws.
   * @example
   * await Dataset.fromArray([1, 2, 5, 2]).takeWhile((n) => n < 3).toArray(); // [1, 2]
   */
  takeWhile<S extends T>(
    predicate: (item: T, context: FunctionContext) => item is S,
    options?: Options<OperationOptions>,
  ): Dataset<S>;
  takeWhile(predicate: (item: T, context: FunctionContext) => unknown, options?: Options<OperationOptions>): Dataset<T>;
  takeWhile(predicate: unknown, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(takeWhile(this.node, predicate, options));
  }

  /**
   * Leaves out items until `predicate`, which may be asynchronous, returns false, and emits that item and all after it.
   * The function is not called for those after it.
   *
   * @throws (in the run) a `PipelineError` with the item, if the function throws.
   * @example
   * await Dataset.fromArray([1, 2, 5, 2]).skipWhile((n) => n < 3).toArray(); // [5, 2]
   */
  skipWhile(
    predicate: (item: T, context: FunctionContext) => unknown,
    options?: Options<OperationOptions>,
  ): Dataset<T> {
    return this.derive(skipWhile(this.node, predicate, options));
  }

  /**
   * Emits the first item of each key, like `unique` in polars. By default an item is its own key. Keys are compared by
   * value: numbers (`NaN` equals itself, 0 equals -0), strings, dates, typed arrays, and lists and records of these,
   * with fields in any order. Values of different types differ: 1 is not `'1'`. Each run keeps its keys in memory.
   *
   * @throws (in the run) if there are more than `maxKeys` keys, or if a key cannot be compared by value, such as a
   *   `Map`.
   * @example
   * await Dataset.fromArray([3, 1, 3]).distinct().toArray(); // [3, 1]
   * const visits = Dataset.fromArray([{ patient: 1, day: 4 }, { patient: 1, day: 9 }]);
   * await visits.distinct({ key: ({ patient }) => patient }).toArray(); // [{ patient: 1, day: 4 }]
   */
  distinct(options?: Options<DistinctOptions<T>>): Dataset<T> {
    return this.derive(distinct(this.node, options as Options<DistinctOptions<never>>));
  }

  /**
   * Calls `fn` with the previous state and the next item, and emits each state that it returns, as `scan` in tf.data
   * and the cumulative functions of polars do. `fn` may be asynchronous. Each run and each repetition starts from
   * `initial`, or from what it returns if it is a function. Return a new state each time: an `fn` that changes its
   * state in place emits the same object for every item.
   *
   * @throws (in the run) a `PipelineError` with the item, if the function throws.
   * @example
   * await Dataset.fromArray([1, 2, 3]).scan(0, (sum, n) => sum + n).toArray(); // [1, 3, 6]
   * await Dataset.fromArray([3, 9, 4]).scan(() => -Infinity, (most, n) => Math.max(most, n)).toArray(); // [3, 9, 9]
   */
  scan<S>(
    initial: S | (() => S),
    fn: (state: S, item: T, context: FunctionContext) => S | PromiseLike<S>,
    options?: Options<OperationOptions>,
  ): Dataset<S> {
    return this.derive(scan(this.node, initial, fn, options));
  }

  /**
   * Emits the whole stream `count` times, or forever if `count` is omitted. Shuffles upstream have a new epoch in each
   * repetition.
   *
   * @example
   * await Dataset.range(2).repeat(2).toArray(); // [0, 1, 0, 1]
   */
  repeat(count?: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(repeat(this.node, count, options));
  }

  /**
   * Sets the epoch of all shuffles, random maps and mixes upstream, counted from 0. The items are those that the run of
   * this number would emit in a new process. Such runs are not counted: look at what training will get, replay an
   * epoch, or continue with a later one. Repetitions upstream count on from `index`.
   *
   * @example
   * const train = Dataset.range(100).shuffle({ seed: 7 });
   * const first = await train.toArray(); // epoch 0
   * const second = await train.toArray(); // epoch 1
   * (await train.epoch(0).toArray()).join() === first.join(); // true
   * (await train.epoch(1).batch(100).toArray())[0].join() === second.join(); // true
   */
  epoch(index: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(epoch(this.node, index, options));
  }

  /**
   * Emits every `count`-th item, starting with the one at `index`. The shards of all indices together have every item
   * exactly once.
   *
   * @example
   * await Dataset.range(7).shard(1, 3).toArray(); // [1, 4]
   */
  shard(index: number, count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(shard(this.node, index, count, options));
  }

  /**
   * Splits the items into parts that never overlap, by shares or by counts. The part of an item depends on the seed and
   * on the item's origin, not on the order: a shuffle before the split does no harm, and items made from one row stay
   * together. Parts have exactly their sizes if the number of items is known, else (a CSV file, for example) to within
   * a few items. `stratify` gives each part the same proportion of each key; `groupBy` keeps items of one key together.
   *
   * @throws if the shares add up to more than 1, or the counts to more than the number of items.
   * @example
   * const { train, validation } = Dataset.range(1000).split({ train: 0.8, validation: 0.2 }, { seed: 1 });
   * [await train.count(), await validation.count()]; // [800, 200]
   * const flowers = Dataset.range(30).map((n) => ({ species: n % 3 === 0 ? 'rose' : 'lily' }));
   * const { test } = flowers.split({ rest: 24, test: 6 }, { stratify: ({ species }) => species });
   * (await test.toArray()).filter(({ species }) => species === 'rose').length; // 2
   */
  split<K extends string>(
    shares: { [part in K]: number },
    options?: Options<SplitOptions<T>>,
  ): { [part in K]: Dataset<T> } {
    const parts = {} as { [part in K]: Dataset<T> };
    const nodes = split(this.node, shares, options);
    for (const [part, node] of Object.entries<Node>(nodes)) setField(parts, part, this.derive(node));
    return parts;
  }

  /**
   * Emits a random sample of the items, the same one in each run. Its size is exactly `share` of the items if their
   * number is known before the run. Otherwise each item is drawn independently, and the size is approximate.
   *
   * @example
   * const some = Dataset.range(1000).sample(0.1, { seed: 4 });
   * await some.count(); // 100
   * (await some.toArray()).join() === (await some.toArray()).join(); // true
   */
  sample(share: number, options?: Options<SampleOptions>): Dataset<T> {
    return this.derive(sample(this.node, share, options));
  }

  /**
   * Keeps each item with probability `weight(item)`, from 0 to 1: to have fewer items of a frequent class, for example.
   * `weight` may be asynchronous. Like `rejection_resample` in tf.data with given weights, it never repeats an item.
   * Each item has its own generator, as in `randomMap`: a seed keeps the same items at any concurrency and in any
   * shard. Each run is another epoch unless `reshuffleEachIteration` is false.
   *
   * @throws (in the run) a `PipelineError` with the item, if a weight is not a number from 0 to 1.
   * @example
   * const labels = Dataset.range(1000).map((n) => (n % 10 === 0 ? 'rare' : 'common'));
   * const even = labels.sampleWeighted((label) => (label === 'rare' ? 1 : 1 / 9), { seed: 5 });
   * const kept = await even.toArray();
   * kept.filter((label) => label === 'rare').length; // 100
   * kept.length > 150 && kept.length < 250; // true
   */
  sampleWeighted(
    weight: (item: T, context: FunctionContext) => number | PromiseLike<number>,
    options?: Options<RandomMapOptions>,
  ): Dataset<T> {
    return this.derive(sampleWeighted(this.node, weight, options));
  }

  /**
   * Keeps the items in memory, or on disk, once the stream was read to its end. Later runs read them from there, and
   * nothing upstream runs again. Do not change items that are cached in memory. A file on disk is used as long as its
   * `key` stays the same: change the key when the pipeline upstream changes.
   *
   * @example
   * let calls = 0;
   * const ds = Dataset.range(3).tap(() => { calls++; }).cache();
   * await ds.count(); // 3
   * await ds.count(); // 3
   * calls; // 3
   */
  cache(options?: Options<CacheOptions>): Dataset<T> {
    return this.derive(cache(this.node, options));
  }

  /**
   * Runs your own operation on the whole stream: a generator, asynchronous or not, that reads `items` and yields
   * others. It is called once per run and reads only as far as its items are needed. The origin of a yielded item is
   * that of the item read last; yield `from(value, ...indices)` if it was made from others. Give a `length` if you know
   * it.
   *
   * @throws (in the run) a `PipelineError` with the item that was read last, if the generator throws.
   * @example
   * const pairs = Dataset.range(5).through(function* (items) {
   *   let before = null;
   *   for (const item of items) {
   *     if (before !== null) yield [before, item];
   *     before = item;
   *   }
   * }, 'Pairs');
   * await pairs.toArray(); // [[0, 1], [1, 2], [2, 3], [3, 4]]
   */
  through<U>(fn: StreamFunction<T, U>, options?: Options<ThroughOptions>): Dataset<U> {
    return this.derive(through(this.node, fn as StreamFunction<never, unknown>, options));
  }

  /**
   * Reads up to `count` items ahead while the consumer is busy with something else, such as a training step.
   *
   * @example
   * await Dataset.range(3).prefetch(2).toArray(); // [0, 1, 2]
   */
  prefetch(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(prefetch(this.node, count, options));
  }
}
