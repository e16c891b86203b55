import type { FunctionContext } from '../engine/user-function';
import type { Node } from '../graph/node';
import type { Options } from '../graph/operation-options';
import { enumerate, type EnumerateOptions } from '../operators/enumerate';
import { filter } from '../operators/filter';
import { flatMap } from '../operators/flat-map';
import type { FunctionOptions } from '../operators/function-operator';
import { interleaveMap, type InterleaveMapOptions } from '../operators/interleave/interleave-map';
import { map } from '../operators/map';
import { mapInWorkers, type WorkerOptions } from '../operators/map-in-workers';
import { randomMap, type RandomMapOptions } from '../operators/random-map';
import { tap } from '../operators/tap';
import type { Random } from '../util/random';
import { Writable } from './writable';
import type { Dataset } from './dataset';

/** Anything iterable, synchronously or asynchronously, except a string, which would split into its characters. */
export type Items<U> = (Iterable<U> | AsyncIterable<U>) & object;

/** The item type of a union of `Items`: a function may return a list of strings or a list of numbers. */
type ItemIn<Of> = Of extends Iterable<infer U> | AsyncIterable<infer U> ? U : never;

/** Operations on one item at a time. */
export abstract class ItemOperations<out T> extends Writable<T> {
  /** @internal A dataset of what `node` emits. */
  protected abstract derive<U>(node: Node): Dataset<U>;

  /**
   * Calls `fn` for each item and emits what it returns; promises are awaited. Up to `concurrency` calls of an
   * asynchronous function run at once (8 by default). Results keep the order of the items unless `ordered` is false.
   *
   * @example
   * await Dataset.range(3).map((n) => n + 1).toArray(); // [1, 2, 3]
   */
  map<U>(fn: (item: T, context: FunctionContext) => U, options?: Options<FunctionOptions>): Dataset<Awaited<U>> {
    return this.derive(map(this.node, fn, options));
  }

  /**
   * Like `map`, for functions that need random numbers. Each item has its own generator, which depends only on the
   * seed, the epoch and the item: the same seed gives the same results at any concurrency.
   *
   * @example
   * const noisy = Dataset.range(3).randomMap((n, random) => n + random.uniform(-0.1, 0.1), { seed: 7 });
   */
  randomMap<U>(
    fn: (item: T, random: Random, context: FunctionContext) => U,
    options?: Options<RandomMapOptions>,
  ): Dataset<Awaited<U>> {
    return this.derive(randomMap(this.node, fn, options));
  }

  /**
   * Emits the items for which `predicate`, which may be asynchronous, returns true.
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
    return this.derive(filter(this.node, predicate, options));
  }

  /**
   * Calls `fn` for each item and emits, one by one, the items of what it returns: an array, an iterable or asynchronous
   * iterable, or a promise of one. A generator is read only as far as its items are needed.
   *
   * @example
   * await Dataset.fromArray(['a b', 'c']).flatMap((line) => line.split(' ')).toArray(); // ['a', 'b', 'c']
   */
  flatMap<U>(
    fn: (item: T, context: FunctionContext) => Items<U> | PromiseLike<Items<U>>,
    options?: Options<FunctionOptions>,
  ): Dataset<U>;
  flatMap<Of extends Items<unknown>>(
    fn: (item: T, context: FunctionContext) => Of | PromiseLike<Of>,
    options?: Options<FunctionOptions>,
  ): Dataset<ItemIn<Of>>;
  flatMap(fn: unknown, options?: Options<FunctionOptions>): unknown {
    return this.derive(flatMap(this.node, fn, options));
  }

  /**
   * Like `flatMap`, but with `cycleLength` streams open at once (4 by default), from which it takes `blockLength` items
   * in turn (1 by default). The order is that of `interleave` in tf.data: rows of several files alternate, for example.
   * When a stream ends, the next one takes its place. `fn` returns a dataset or any other iterable.
   *
   * @example
   * const letters = Dataset.fromArray(['aaa', 'b', 'cc']).interleave((text) => [...text], { cycleLength: 2 });
   * await letters.toArray(); // ['a', 'b', 'a', 'a', 'c', 'c']
   */
  interleave<U>(
    fn: (item: T, context: FunctionContext) => Items<U> | PromiseLike<Items<U>>,
    options?: Options<InterleaveMapOptions>,
  ): Dataset<U>;
  interleave<Of extends Items<unknown>>(
    fn: (item: T, context: FunctionContext) => Of | PromiseLike<Of>,
    options?: Options<InterleaveMapOptions>,
  ): Dataset<ItemIn<Of>>;
  interleave(fn: unknown, options?: Options<InterleaveMapOptions>): unknown {
    return this.derive(interleaveMap(this.node, fn, options));
  }

  /**
   * Like `map`, in worker threads. `module` is a JavaScript file whose exported function gets the item and returns the
   * result. Use it for work that keeps a core busy: items and results are copied, so a cheap function gets slower. They
   * must be plain data. Functions, symbols and instances of classes are errors.
   *
   * A module that cannot be loaded ends the run, even with `onError: 'skip'`. A function that ends its thread fails on
   * its item.
   *
   * @throws if the file does not exist.
   * @example
   * // features.mjs: export default (text) => text.length;
   * const lengths = Dataset.fromArray(['a', 'bcd']).mapInWorkers('features.mjs');
   * await lengths.toArray(); // [1, 3]
   */
  mapInWorkers<U>(module: string | URL, options?: Options<WorkerOptions>): Dataset<U> {
    return this.derive(mapInWorkers(this.node, module, options));
  }

  /**
   * Calls `fn` for each item and emits the item itself, whatever `fn` returns; promises are awaited.
   *
   * @example
   * let sum = 0;
   * await Dataset.range(4).tap((n) => { sum += n; }).count(); // 4
   * sum; // 6
   */
  tap(fn: (item: T, context: FunctionContext) => unknown, options?: Options<FunctionOptions>): Dataset<T> {
    return this.derive(tap(this.node, fn, options));
  }

  /**
   * Emits each item with its index, counted from 0.
   *
   * @example
   * await Dataset.fromArray(['a', 'b']).enumerate().toArray(); // [[0, 'a'], [1, 'b']]
   */
  enumerate(options?: Options<EnumerateOptions>): Dataset<[index: number, item: T]> {
    return this.derive(enumerate(this.node, options));
  }
}
