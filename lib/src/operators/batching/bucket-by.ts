import { atMost, mapLength } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { TransformStage } from '../../engine/transform-stage';
import { checkCount, checkFunction, inWords } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { BucketTransform } from './bucket-transform';

/** What items can be bucketed by. */
export type BucketKey = string | number | bigint | boolean | null;

/** The options of `bucketBy`. */
export interface BucketByOptions<Collate extends boolean | 'pad' = boolean | 'pad'> extends OperationOptions {
  /** The number of items in a list. Default: all items of a key, emitted at the end. */
  size?: number;
  /**
   * Boundaries of numeric keys: a bucket has the keys from one boundary up to but excluding the next. Default: one
   * bucket per key.
   */
  boundaries?: readonly number[];
  /** The maximum number of items held at once; more are an error. Default 10,000. */
  maxItems?: number;
  /** True: combine the items of a list as `batch` does; `'pad'`: as `paddedBatch` does. Default false: keep lists. */
  collate?: Collate;
  /** Drop the lists at the end that are smaller than `size`. Default false. */
  dropRemainder?: boolean;
}

const OPTIONS: OptionTypes<BucketByOptions> = {
  ...OPERATION_OPTIONS,
  size: 'any',
  boundaries: 'list',
  maxItems: 'any',
  collate: 'any',
  dropRemainder: 'boolean',
};

export function bucketBy(parent: Node, key: unknown, options?: Options<BucketByOptions>): Node {
  checkFunction(key, 'key of bucketBy');
  const given = optionsOf(options, 'bucketBy', OPTIONS);
  const size = given.size === undefined ? Infinity : checkCount(given.size, 'size of bucketBy', 1);
  const { maxItems = 10_000 } = given;
  checkCount(maxItems, 'maxItems', 1);
  const { dropRemainder = false, collate = false } = given;
  const boundaries = given.boundaries === undefined ? null : checkedBoundaries(given.boundaries);
  if (dropRemainder && size === Infinity)
    throw new TypeError('invalid dropRemainder of bucketBy: without a size all lists come at the end; pass a size');
  if (typeof collate !== 'boolean' && collate !== 'pad')
    throw new TypeError(`invalid collate of bucketBy: expected true, false or 'pad', got ${inWords(collate)}`);
  const buckets = boundaries === null ? Infinity : boundaries.length + 1;
  return defineNode({
    kind: 'bucketBy',
    parents: [parent],
    options: given,
    recorded: {
      size: size === Infinity ? null : size,
      ...(boundaries === null ? {} : { boundaries }),
      maxItems,
      collate,
      dropRemainder,
    },
    fn: key,
    length: () =>
      mapLength(atMost(parent.length()), (items) =>
        dropRemainder ? Math.floor(items / size) : Math.min(items, Math.floor(items / size) + buckets),
      ),
    open: ({ run, node, probe, parent: upstream }) => {
      const plan = { keyOf: key as (item: unknown) => unknown, size, boundaries, maxItems, collate, dropRemainder };
      return new TransformStage(upstream(), new BucketTransform(run, node, plan), probe);
    },
  });
}

function checkedBoundaries(boundaries: readonly unknown[]): number[] {
  return boundaries.map((boundary, i) => {
    const isNext =
      typeof boundary === 'number' && Number.isFinite(boundary) && !(boundary <= Number(boundaries[i - 1]));
    if (isNext) return boundary;
    throw new TypeError(
      `invalid boundaries of bucketBy: expected numbers in rising order, got ${inWords(boundary)} at ${i}`,
    );
  });
}
