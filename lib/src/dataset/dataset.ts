import { describe } from './describe';
import type { FunctionContext } from '../engine/user-function';
import { batch, type BatchOptions } from '../operators/batch';
import type { Batched } from '../operators/collate';
import { concat } from '../operators/concat';
import { filter } from '../operators/filter';
import type { FunctionOptions } from '../operators/function-operator';
import { map } from '../operators/map';
import { randomMap, type RandomMapOptions } from '../operators/random-map';
import { repeat } from '../operators/repeat';
import { shuffle, type ShuffleOptions } from '../operators/shuffle';
import { skip } from '../operators/skip';
import { take } from '../operators/take';
import type { Length } from '../provenance/document';
import { consume } from '../sinks/consume';
import { DatasetIterator } from '../sinks/iterate';
import type { SinkOptions } from '../sinks/run-sink';
import { fromArray, range } from '../sources/from-array';
import { classNames } from '../sources/from-class-folders';
import { type FileRef, type FolderOptions, fromFolder } from '../sources/from-folder';
import { fromGenerator, type Iterating } from '../sources/from-generator';
import { checkFunction } from '../util/check';
import { DISPLAY, displayed } from '../widget/display';
import type { Random } from '../util/random';
import * as path from 'node:path';
import { type Node, type Options, optionsOf } from '../graph/node';

/** One class of a folder of class folders. */
export interface ClassFolder {
  /** The name of the folder. */
  label: string;
  dataset: Dataset<FileRef>;
}

export interface ClassFolderOptions extends Omit<FolderOptions, 'identifier'> {
  /** The identifier of each class's source. Default: `Load class <label>`. */
  identifier?: (label: string) => string;
}

const DATASET = Symbol.for('stemma.dataset');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * An immutable description of a stream of items of type `T`, in the style of tf.data.
 *
 * Operations chain and answer new datasets. Nothing runs until a sink pulls: `for await`, `forEach`, `toArray`, `reduce`, `count`.
 * Iterating twice is two runs of one graph. In each operation the options may be an identifier alone.
 *
 * @example
 * const evens = Dataset.range(10).filter((n) => n % 2 === 0, 'Even').map((n) => n * n, 'Square');
 * await evens.toArray(); // [0, 4, 16, 36, 64]
 */
export class Dataset<T> implements AsyncIterable<T> {
  /** Marks datasets of any copy of the library. */
  readonly [DATASET] = true;

  /** @internal */
  constructor(
    /** @internal */
    readonly node: Node,
  ) {}

  /** @internal How `console.log` shows it. */
  [INSPECT](): string {
    return describe(this.node);
  }

  /** @internal How a notebook shows it: the graph that leads to it, its counts and samples, live. */
  [DISPLAY](): Record<string, unknown> | undefined {
    const text = (): string => describe(this.node);
    return this.node.record === null
      ? { 'text/plain': text() }
      : displayed({ focus: this.node.record, title: this.node.label, describe: text });
  }

  /**
   * The elements of an array or typed array, in order.
   *
   * @example
   * await Dataset.fromArray(['a', 'b']).toArray(); // ['a', 'b']
   */
  static fromArray<T>(items: ArrayLike<T>, options?: Options): Dataset<T> {
    return new Dataset(fromArray(items, options));
  }

  /**
   * The whole numbers from 0 up to `count`, without it.
   *
   * @example
   * await Dataset.range(3).toArray(); // [0, 1, 2]
   */
  static range(count: number, options?: Options): Dataset<number> {
    return new Dataset(range(count, options));
  }

  /**
   * What a generator function, synchronous or asynchronous, yields; called anew for each iteration. Something
   * iterable may be given in its place; an iterator that can be used only once gives its items only once.
   *
   * @example
   * const ds = Dataset.fromGenerator(function* () { yield 1; yield 2; });
   * await ds.toArray(); // [1, 2]
   */
  static fromGenerator<T>(source: Iterating<T>, options?: Options): Dataset<T> {
    return new Dataset(fromGenerator(source, options));
  }

  /**
   * The files of a folder, sorted by path, as references `{ path, name, size }`. The folder is listed at once.
   *
   * @throws if the folder cannot be listed.
   */
  static fromFolder(folder: string, options?: Options<FolderOptions>): Dataset<FileRef> {
    return new Dataset(fromFolder(folder, options));
  }

  /**
   * The folders of a folder, one source for each, as image data sets often have their classes. Sorted by name, numbers by value.
   *
   * @throws if there are none.
   */
  static fromClassFolders(folder: string, options: ClassFolderOptions = {}): ClassFolder[] {
    const { identifier = (label: string) => `Load class ${label}`, ...rest } = options;
    return classNames(folder).map((label) => ({
      label,
      dataset: Dataset.fromFolder(path.join(folder, label), { ...rest, identifier: identifier(label) }),
    }));
  }

  /**
   * One dataset after the other.
   *
   * @example
   * await Dataset.concat(Dataset.range(2), Dataset.range(2)).toArray(); // [0, 1, 0, 1]
   */
  static concat<T>(...datasets: Dataset<T>[]): Dataset<T> {
    return new Dataset(concat(datasets.map((dataset) => dataset.node)));
  }

  /** Whether `value` is a dataset, of this or another copy of the library. */
  static isDataset(value: unknown): value is Dataset<unknown> {
    return typeof value === 'object' && value !== null && DATASET in value;
  }

  /**
   * How many items there are, as far as it is known before a run.
   *
   * @example
   * Dataset.range(10).batch(3).length; // { kind: 'exact', items: 4 }
   */
  get length(): Length {
    return this.node.length();
  }

  /**
   * Calls `fn` for each item and puts out what it answers; a promise is waited for. Several calls of an asynchronous function are
   * under way at once (`concurrency`, 8 by default), in order all the same.
   *
   * @example
   * await Dataset.range(3).map((n) => n + 1).toArray(); // [1, 2, 3]
   */
  map<U>(fn: (item: T, context: FunctionContext) => U, options?: Options<FunctionOptions>): Dataset<Awaited<U>> {
    return new Dataset(map(this.node, fn, options));
  }

  /**
   * As `map`, for functions with chance in them: each item gets a generator of its own, which depends on the seed and the item only, so
   * that the same seed gives the same results at any concurrency.
   *
   * @example
   * const noisy = Dataset.range(3).randomMap((n, random) => n + random.uniform(-0.1, 0.1), { seed: 7 });
   */
  randomMap<U>(
    fn: (item: T, random: Random, context: FunctionContext) => U,
    options?: Options<RandomMapOptions>,
  ): Dataset<Awaited<U>> {
    return new Dataset(randomMap(this.node, fn, options));
  }

  /**
   * Keeps the items for which `predicate` answers true, or a promise of it.
   *
   * @example
   * await Dataset.range(5).filter((n) => n % 2 === 1).toArray(); // [1, 3]
   */
  filter<S extends T>(
    predicate: (item: T, context: FunctionContext) => item is S,
    options?: Options<FunctionOptions>,
  ): Dataset<S>;
  filter(predicate: (item: T, context: FunctionContext) => unknown, options?: Options<FunctionOptions>): Dataset<T>;
  filter(predicate: unknown, options?: Options<FunctionOptions>): Dataset<T> {
    return new Dataset(filter(this.node, predicate, options));
  }

  /**
   * This dataset, then the others.
   *
   * @example
   * await Dataset.range(2).concat(Dataset.range(1)).toArray(); // [0, 1, 0]
   */
  concat(...others: Dataset<T>[]): Dataset<T> {
    return Dataset.concat(this, ...others);
  }

  /**
   * The items in random order. With a `bufferSize` as in tf.data: so many are mixed at a time; without one all of them are. Each
   * iteration has an order of its own unless `reshuffleEachIteration` is false.
   *
   * @example
   * const order = await Dataset.range(100).shuffle({ seed: 123, bufferSize: 32 }).toArray();
   */
  shuffle(options?: Options<ShuffleOptions>): Dataset<T> {
    return new Dataset(shuffle(this.node, options));
  }

  /**
   * `size` items at a time, put together as in tf.data: tensors are stacked, records become records of columns, all else lists.
   *
   * @throws (in the run) if the items of a batch do not fit together.
   * @example
   * await Dataset.range(5).batch(2).toArray(); // [[0, 1], [2, 3], [4]]
   */
  batch(size: number, options?: Options<BatchOptions>): Dataset<Batched<T>> {
    return new Dataset(batch(this.node, size, options));
  }

  /**
   * The first `count` items; no more than these are read.
   *
   * @example
   * await Dataset.range(10).take(2).toArray(); // [0, 1]
   */
  take(count: number, options?: Options): Dataset<T> {
    return new Dataset(take(this.node, count, options));
  }

  /**
   * All but the first `count` items.
   *
   * @example
   * await Dataset.range(4).skip(2).toArray(); // [2, 3]
   */
  skip(count: number, options?: Options): Dataset<T> {
    return new Dataset(skip(this.node, count, options));
  }

  /**
   * The whole stream `count` times, or for ever. Each repetition is an epoch of its own for the shuffles upstream.
   *
   * @example
   * await Dataset.range(2).repeat(2).toArray(); // [0, 1, 0, 1]
   */
  repeat(count?: number, options?: Options): Dataset<T> {
    return new Dataset(repeat(this.node, count, options));
  }

  /** Iterates: each `for await` is a run. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return this.iterate();
  }

  /** As `for await` does it, with options: a label, an AbortSignal. */
  iterate(options?: Options<SinkOptions>): AsyncIterableIterator<T> {
    return new DatasetIterator<T>(this.node, optionsOf(options));
  }

  /**
   * Calls `fn` for each item, one after the other, and waits for promises.
   *
   * @example
   * await Dataset.range(3).forEach((n) => console.log(n), 'Print');
   */
  forEach(fn: (item: T, index: number) => unknown, options?: Options<SinkOptions>): Promise<void> {
    checkFunction(fn, 'function of forEach');
    const definition = { kind: 'forEach', options: optionsOf(options), fn, answers: false };
    return consume(this.node, definition, fn as (item: unknown, index: number) => unknown, () => undefined);
  }

  /**
   * All items.
   *
   * @example
   * await Dataset.fromArray([3, 1]).toArray(); // [3, 1]
   */
  toArray(options?: Options<SinkOptions>): Promise<T[]> {
    const items: T[] = [];
    const definition = { kind: 'toArray', options: optionsOf(options), answers: true };
    return consume(
      this.node,
      definition,
      (item) => void items.push(item as T),
      () => items,
    );
  }

  /**
   * One value of all items: `fn` is called with the value so far and each item in turn. Its result is an artifact; what
   * is answered can be named in the `uses` of an operation that needs it.
   *
   * @example
   * await Dataset.range(5).reduce((sum, n) => sum + n, 0, 'Sum'); // 10
   */
  reduce<A>(
    fn: (value: A, item: T, index: number) => A | Promise<A>,
    initial: A,
    options?: Options<SinkOptions>,
  ): Promise<A> {
    checkFunction(fn, 'function of reduce');
    let value = initial;
    const take = (item: unknown, index: number): unknown => {
      const next = fn(value, item as T, index);
      if (next instanceof Promise) return next.then((answer) => void (value = answer));
      value = next;
      return undefined;
    };
    return consume(this.node, { kind: 'reduce', options: optionsOf(options), fn, answers: true }, take, () => value);
  }

  /**
   * How many items there are, by counting them.
   *
   * @example
   * await Dataset.range(5).filter((n) => n > 2).count(); // 2
   */
  count(options?: Options<SinkOptions>): Promise<number> {
    let count = 0;
    const definition = { kind: 'count', options: optionsOf(options), answers: true };
    return consume(
      this.node,
      definition,
      () => void count++,
      () => count,
    );
  }
}
