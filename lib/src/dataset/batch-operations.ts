import type { Options } from '../graph/operation-options';
import { batch, type BatchOptions, paddedBatch } from '../operators/batching/batch';
import type { Batched, IsBatch, PaddedBatch, RaggedBatch, Unbatched } from '../operators/batching/batched';
import { bucketBy, type BucketByOptions, type BucketKey } from '../operators/batching/bucket-by';
import type { NamedFields, PaddedBatchOptions, SomeFields } from '../operators/batching/padding-options';
import { unbatch, type UnbatchOptions } from '../operators/batching/unbatch';
import { window, type WindowOptions } from '../operators/batching/window';
import type { Advice } from '../util/advice';
import type { Dataset } from './dataset';
import { ItemOperations } from './item-operations';

/** The `this` type of `unbatch`: any dataset of batches; no other dataset is assignable to it. */
type OfBatches<T> =
  true extends IsBatch<T> ? unknown : 'the items are not batches: lists, tensors, or records of these';

// Methods whose types depend on `T` in more than one way have overloads with type parameters, which TypeScript does not
// expand when it compares datasets: it would compare batches of batches without end. `out` makes it check that a
// dataset of a subtype is assignable to one of its supertype.

/** Operations that put several items together, and that take them apart again. */
export abstract class BatchOperations<out T> extends ItemOperations<T> {
  /**
   * Combines every `size` items into a batch, as in tf.data: tensors are stacked, records become records of columns,
   * and everything else becomes a list. The last batch may be smaller.
   *
   * @throws (in the run) if the items of a batch have different types or shapes. `ragged: true` accepts lists and
   *   tensors of different sizes.
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
   * Like `batch`, for tensors and (nested) lists of different sizes. They are padded at the end to the largest size in
   * the batch, or to `shape`, with `value` or with the default of their type (0, `''`, false, 0n). Each field may have
   * its own `shape` and `value`, and a mask.
   *
   * @throws (in the run) if an item is larger than `shape` or has another number of dimensions, or if `value` has
   *   another type than the elements.
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
   * Splits batches into items: lists into elements, tensors along their first dimension (views, not copies), and
   * records of columns into records.
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
   * Emits lists of `size` consecutive items. Each list starts `shift` items after the previous one. Lists at the end
   * may be smaller.
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
   * Groups items by key into lists of `size`, like `group_by_window` in tf.data. With `boundaries`, keys between two of
   * them share a list, like `bucket_by_sequence_length`: sequences of similar length, for example. A list is emitted
   * once it is full, smaller ones at the end in the order of their first items. Without `size`, each key has one list.
   * At most `maxItems` items are held at once.
   *
   * @throws (in the run) if more than `maxItems` items would be held, or a `PipelineError` with the item, if its key is
   *   invalid.
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
}
