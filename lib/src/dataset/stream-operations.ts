import type { FunctionContext } from '../engine/user-function';
import type { Node } from '../graph/node';
import type { Options, OperationOptions } from '../graph/operation-options';
import { batch, type BatchOptions, paddedBatch } from '../operators/batching/batch';
import { bucketBy, type BucketByOptions, type BucketKey } from '../operators/batching/bucket-by';
import { cache, type CacheOptions } from '../operators/cache/cache';
import type { Batched, IsBatch, PaddedBatch, RaggedBatch, Unbatched } from '../operators/batching/batched';
import { concat } from '../operators/concat';
import { distinct, type DistinctOptions } from '../operators/distinct';
import { epoch } from '../operators/epoch';
import type { NamedFields, PaddedBatchOptions, SomeFields } from '../operators/batching/padding-options';
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
import { unbatch, type UnbatchOptions } from '../operators/batching/unbatch';
import { window, type WindowOptions } from '../operators/batching/window';
import type { Advice } from '../util/advice';
import { setField } from '../util/set-field';
import { type ConcatArguments, concatArguments } from './concat-arguments';
import type { Dataset } from './dataset';
import { ItemOperations } from './item-operations';

/** What `unbatch` works on: anything where the items are batches; where they are none, nothing is of this type. */
type OfBatches<T> =
  true extends IsBatch<T> ? unknown : 'the items are not batches: lists, tensors, or records of these';

// The methods whose types depend on `T` in more than one way have overloads with type parameters, which TypeScript does not look into where it compares
// datasets: else it would compare what batches of batches are, without end. `out` has it check that a dataset of more special items is one of more general ones.

/** The operations that work on the stream: which items there are, in which order, how many together. */
export abstract class StreamOperations<out T> extends ItemOperations<T> {
  /**
   * This dataset, then the others; the options, if any, come last.
   *
   * @example
   * await Dataset.range(2).concat(Dataset.range(1), 'Both').toArray(); // [0, 1, 0]
   */
  concat(...others: ConcatArguments<T>): Dataset<T> {
    const [nodes, options] = concatArguments(others);
    return this.derive(concat([this.node, ...nodes], options));
  }

  /**
   * The items in random order. With a `bufferSize` as in tf.data: that many are mixed at a time; without one all of them are where their
   * number is known, else 10,000. Each run has an order of its own unless `reshuffleEachIteration` is false.
   *
   * @example
   * const order = await Dataset.range(100).shuffle({ seed: 123, bufferSize: 32 }).toArray();
   */
  shuffle(options?: Options<ShuffleOptions> | Advice<'write shuffle({ bufferSize: 100 })'>): Dataset<T> {
    return this.derive(shuffle(this.node, options as Options<ShuffleOptions>));
  }

  /**
   * `size` items at a time, put together as in tf.data: tensors are stacked, records become records of columns, all else lists.
   *
   * @throws (in the run) if the items of a batch do not fit together; lists and tensors of different sizes do with `ragged`.
   * @example
   * await Dataset.range(5).batch(2).toArray(); // [[0, 1], [2, 3], [4]]
   */
  batch<B extends Batched<T> = Batched<T>>(
    size: number,
    options?: Options<BatchOptions<false>> | Advice<'write batch(size, { dropRemainder: true })'>,
  ): Dataset<B>;
  batch<B extends RaggedBatch<T> = RaggedBatch<T>>(
    size: number,
    options: BatchOptions<true> & { ragged: true },
  ): Dataset<B>;
  batch<B extends Batched<T> | RaggedBatch<T> = Batched<T> | RaggedBatch<T>>(
    size: number,
    options?: Options<BatchOptions>,
  ): Dataset<B>;
  batch(size: number, options?: unknown): unknown {
    return this.derive(batch(this.node, size, options as Options<BatchOptions>));
  }

  /**
   * The first `count` items; no more than these are read.
   *
   * @example
   * await Dataset.range(10).take(2).toArray(); // [0, 1]
   */
  take(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(take(this.node, count, options));
  }

  /**
   * All but the first `count` items.
   *
   * @example
   * await Dataset.range(4).skip(2).toArray(); // [2, 3]
   */
  skip(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(skip(this.node, count, options));
  }

  /**
   * The items before the first one for which `predicate` returns false, or a promise of it. That one is the last that is read (operations with
   * asynchronous functions before it read ahead); the source is closed then.
   *
   * @throws (in the run) what the function throws, as a `PipelineError` with the item.
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
   * The items from the first one on for which `predicate` returns false, or a promise of it. It is not called for those after it.
   *
   * @throws (in the run) what the function throws, as a `PipelineError` with the item.
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
   * The first item of each key, as polars' `unique`; by default an item is its own key. Keys are compared by value: numbers (`NaN` is itself, 0 is
   * -0), texts, dates, typed arrays, and lists and records of these, whose fields may be in any order; values of other types differ, so that 1 is
   * not `'1'`. They are kept in memory, for each run its own.
   *
   * @throws (in the run) if there are more than `maxKeys` keys, or one that is not compared by its value, such as a `Map`.
   * @example
   * await Dataset.fromArray([3, 1, 3]).distinct().toArray(); // [3, 1]
   * const visits = Dataset.fromArray([{ patient: 1, day: 4 }, { patient: 1, day: 9 }]);
   * await visits.distinct({ key: ({ patient }) => patient }).toArray(); // [{ patient: 1, day: 4 }]
   */
  distinct(options?: Options<DistinctOptions<T>>): Dataset<T> {
    return this.derive(distinct(this.node, options as Options<DistinctOptions<never>>));
  }

  /**
   * A state that each item changes: for each item the state that `fn` returns, or a promise of it, as in tf.data and as the cumulative functions
   * of polars. Each run, and each repetition, begins at `initial`, which may be a function that makes it: needed where `fn` changes a state in
   * place. As each state is an item, such an `fn` emits one object many times: better return a new one.
   *
   * @throws (in the run) what the function throws, as a `PipelineError` with the item.
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
   * The whole stream `count` times, or forever. Each repetition is an epoch of its own for the shuffles upstream.
   *
   * @example
   * await Dataset.range(2).repeat(2).toArray(); // [0, 1, 0, 1]
   */
  repeat(count?: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(repeat(this.node, count, options));
  }

  /**
   * This dataset with its shuffles, random maps and mixes at a chosen epoch, from 0, in each run: what the run of that number in a new process has.
   * Such runs are not counted, so that one may look at what training will get, replay an epoch, or go on with a later one. Repetitions before
   * it go on from there.
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
   * As `batch`, for tensors and lists of different sizes, nested ones too: they are padded at their ends to the largest size in the batch, or to
   * `shape`, by their type (0, `''`, false, 0n) or with `value`. Each field may have a `shape` and a `value` of its own, and a mask beside it.
   *
   * @throws (in the run) if an item is larger than `shape`, or of another number of dimensions, or if a value does not fit the elements.
   * @example
   * await Dataset.fromArray([[1, 2], [3]]).paddedBatch(2).toArray(); // [[[1, 2], [3, 0]]]
   * const texts = Dataset.fromArray([{ tokens: [4, 5], tags: [1] }, { tokens: [6], tags: [] }]);
   * await texts.paddedBatch(2, { shape: { tokens: [3] }, value: { tags: -1 } }).toArray(); // [{ tokens: [[4, 5, 0], [6, 0, 0]], tags: [[1], [-1]] }]
   */
  paddedBatch<B extends PaddedBatch<T> = PaddedBatch<T>>(size: number, identifier?: string): Dataset<B>;
  paddedBatch<Mask extends SomeFields<T> = false, Lengths extends SomeFields<T> = false, Item extends T = T>(
    size: number,
    options?: Options<PaddedBatchOptions<Item, Mask, Lengths>>,
  ): Dataset<PaddedBatch<Item, NamedFields<Item, Mask>, NamedFields<Item, Lengths>>>;
  paddedBatch(size: number, options?: Options<PaddedBatchOptions>): unknown {
    return this.derive(paddedBatch(this.node, size, options));
  }

  /**
   * The items of batches: of lists their elements, of tensors what lies along the first dimension (views, not copies), of records of
   * columns records.
   *
   * @example
   * await Dataset.range(3).batch(2).unbatch().toArray(); // [0, 1, 2]
   */
  unbatch<U extends Unbatched<T> = Unbatched<T>, This extends OfBatches<T> = OfBatches<T>>(
    this: This,
    identifier?: string,
  ): Dataset<U>;
  unbatch<U extends Unbatched<T> = Unbatched<T>, This extends OfBatches<T> = OfBatches<T>>(
    this: This,
    options?: Options<UnbatchOptions>,
  ): Dataset<U>;
  unbatch(options?: Options<UnbatchOptions>): unknown {
    return this.derive(unbatch(this.node, options));
  }

  /**
   * Lists of `size` items that follow each other; the next one begins `shift` items further. At the end they get smaller.
   *
   * @example
   * await Dataset.range(4).window(2, { shift: 1, dropRemainder: true }).toArray(); // [[0, 1], [1, 2], [2, 3]]
   */
  window(
    size: number,
    options?: Options<WindowOptions<false>> | Advice<'write window(size, { shift: 1 })'>,
  ): Dataset<T[]>;
  window<B extends Batched<T> = Batched<T>>(size: number, options: WindowOptions<true> & { collate: true }): Dataset<B>;
  window<B extends T[] | Batched<T> = T[] | Batched<T>>(size: number, options?: Options<WindowOptions>): Dataset<B>;
  window(size: number, options?: unknown): unknown {
    return this.derive(window(this.node, size, options as Options<WindowOptions>));
  }

  /**
   * Lists of items that belong together: `size` of one key, or of keys between two `boundaries`, e.g. sequences of like length. A list comes out once
   * it is full, the smaller ones at the end in the order of their first items; without a `size` all of one key are one list. At most `maxItems` are
   * held at once. These are tf.data's `group_by_window` and `bucket_by_sequence_length`.
   *
   * @throws (in the run) if more than `maxItems` would be held, or if a key is none, as a `PipelineError` with the item.
   * @example
   * await Dataset.range(7).bucketBy((n) => n % 2, { size: 2 }).toArray(); // [[0, 2], [1, 3], [4, 6], [5]]
   * const texts = Dataset.fromArray([[1, 2, 3], [4], [5, 6], [7, 8, 9, 10]]);
   * const batches = texts.bucketBy((text) => text.length, { boundaries: [3], size: 2, collate: 'pad' });
   * await batches.toArray(); // [[[4, 0], [5, 6]], [[1, 2, 3, 0], [7, 8, 9, 10]]]
   */
  bucketBy(key: (item: T) => BucketKey, options?: Options<BucketByOptions<false>>): Dataset<T[]>;
  bucketBy<B extends Batched<T> = Batched<T>>(
    key: (item: T) => BucketKey,
    options: BucketByOptions<true> & { collate: true },
  ): Dataset<B>;
  bucketBy<B extends PaddedBatch<T> = PaddedBatch<T>>(
    key: (item: T) => BucketKey,
    options: BucketByOptions<'pad'> & { collate: 'pad' },
  ): Dataset<B>;
  bucketBy(key: (item: never) => BucketKey, options?: Options<BucketByOptions>): unknown {
    return this.derive(bucketBy(this.node, key, options));
  }

  /**
   * Each `count`-th item, from the one at `index` on: the shards of all indices together are the whole.
   *
   * @example
   * await Dataset.range(7).shard(1, 3).toArray(); // [1, 4]
   */
  shard(index: number, count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(shard(this.node, index, count, options));
  }

  /**
   * Deals the items out to parts that never overlap, by shares of the whole or by counts. Where an item goes depends on the seed and on where it came
   * from, not on the order: a shuffle before it does no harm, and items made of one stay together. Where the number of items is known, parts have
   * exactly their sizes; where it is not, as of a CSV file, they do but for a few items. `stratify` spreads the items of each key evenly over
   * the parts, `groupBy` keeps items of one key together.
   *
   * @throws if the shares are more than the whole, or the counts more than there are items.
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
   * A random choice of this share of the items, the same ones in each iteration: exactly where the number of items is known before the run, else
   * about as many, since each item is drawn for itself.
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
   * Keeps each item with a probability of its own, `weight(item)` from 0 to 1, e.g. to have fewer of a class that is too common; a promise of it is
   * waited for. The generator is the item's own, as in `randomMap`: the same seed keeps the same items at any concurrency and in any shard, and each run
   * is another epoch unless `reshuffleEachIteration` is false. It never repeats an item (tf.data's `rejection_resample`, with the weights given).
   *
   * @throws (in the run) if a weight is not a number from 0 to 1, as a `PipelineError` with the item.
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
   * Keeps what passes, in memory or on disk, once it was iterated to its end; from then on nothing before it runs again. Do not change items
   * that a memory cache holds. A file is used as long as its `key` stays: change it when what makes the items changes.
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
   * An operation of your own on the whole stream: a generator, asynchronous or not, that reads `items` and yields others; called in each run. It is
   * read no further than its items are wanted. An item that it yields came from the one that it read last; where it was made of others,
   * yield `from(value, ...indices)`. The length is unknown unless `length` is given.
   *
   * @throws (in the run) what the generator throws, as a `PipelineError` with the item that was read last.
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
   * Reads up to `count` items ahead while the consumer waits for something else, e.g. a training step.
   *
   * @example
   * await Dataset.range(3).prefetch(2).toArray(); // [0, 1, 2]
   */
  prefetch(count: number, options?: Options<OperationOptions>): Dataset<T> {
    return this.derive(prefetch(this.node, count, options));
  }
}
