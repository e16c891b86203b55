import { isTensor, type TypedArray } from '../../tensor/tensor';
import type { OperationOptions } from '../../graph/operation-options';
import type { IsAny, KeysOf, RecordsIn, TensorLike, Widened } from './batched';

/** One for all fields of the items, or a record of them by field, as deep as the items are. */
export type PerField<V> = V | { readonly [field: string]: PerField<V> };

/** The shape that tensors and lists are filled up to; null: the largest size of the dimension in the batch. */
export type PaddedShape = readonly (number | null)[];

/** What missing places are filled with. */
export type PadValue = number | string | boolean | bigint | null;

/** All fields, none, or these. */
export type SomeFields<T> = boolean | readonly FieldOf<T>[];

/** Of a union of records those of all of them: a batch that lacks a field which is named is an error. */
type FieldOf<T> = IsAny<T> extends true ? string : keyof RecordsIn<T> & string;
type AnyFieldOf<T> = IsAny<T> extends true ? string : KeysOf<RecordsIn<T>> & string;

/** The fields that `SomeFields` names. */
export type NamedFields<T, Some> = Some extends true
  ? AnyFieldOf<T>
  : Some extends readonly (infer Name)[]
    ? Name
    : never;

/** The options of `paddedBatch`, for items of type `T`. */
export interface PaddedBatchOptions<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- nothing else stands for any items
  T = any,
  Mask extends SomeFields<T> = SomeFields<T>,
  Lengths extends SomeFields<T> = SomeFields<T>,
> extends OperationOptions {
  /**
   * The padding value, of the elements' type, or a record of values by field. Default, by type: 0, `''`, false, 0n; for
   * lists of records, records of these.
   */
  value?: ValueFor<T>;
  /**
   * The shape to pad to, or a record of shapes by field. Null, for a shape or one of its sizes, is the largest in the
   * batch. Default null, also for fields that are not named.
   */
  shape?: ShapeFor<T>;
  /** The side to pad: the end (the default), or the beginning, as models that generate text need. */
  side?: 'right' | 'left';
  /** Round the size of the first dimension up to a multiple of this, unless `shape` sets it. Default 1. */
  multipleOf?: number;
  /** Truncate items that exceed `shape`, on the padded side. Default false: an error. */
  truncate?: boolean;
  /**
   * Add `<field>_mask` for each padded field, or for these: 1 for elements of the item, 0 for padding, in the shape of
   * the padded field.
   */
  mask?: Mask;
  /** Add `<field>_length` for each padded field, or for these: the length of each item before padding. */
  lengths?: Lengths;
  /** Drop the last batch if it is smaller than `size`. Default false. */
  dropRemainder?: boolean;
}

type IsOpen<T> = IsAny<T> extends true ? true : unknown extends T ? true : false;

/** The values that fit somewhere in `T`, or these by field. */
type ValueFor<T> =
  IsOpen<T> extends true
    ? PerField<PadValue>
    : | ElementsIn<T>
      | ([RecordsIn<T>] extends [never] ? never : { readonly [K in keyof RecordsIn<T>]?: ValueFor<RecordsIn<T>[K]> });

/** The elements of lists and tensors, at any depth. */
type ElementsIn<T> =
  T extends TensorLike<infer D>
    ? ElementOf<D>
    : T extends TypedArray
      ? ElementOf<T>
      : T extends readonly (infer U)[]
        ? MemberOf<U>
        : T extends RecordsIn<T>
          ? { [K in keyof T]: ElementsIn<T[K]> }[keyof T]
          : never;
type ElementOf<D> = D extends BigInt64Array | BigUint64Array ? bigint | number : number;
type MemberOf<U> =
  IsOpen<U> extends true
    ? PerField<PadValue>
    : U extends TensorLike | TypedArray | readonly unknown[]
      ? ElementsIn<U>
      : Widened<
          U,
          U extends null | undefined
            ? null
            : U extends RecordsIn<U>
              ? { readonly [K in keyof U]?: MemberOf<U[K]> }
              : never
        >;

type ShapeFor<T> =
  IsOpen<T> extends true
    ? PerField<PaddedShape | null>
    : | (HasSizes<T> extends true ? PaddedShape | null : never)
      | ([RecordsIn<T>] extends [never] ? never : { readonly [K in keyof RecordsIn<T>]?: ShapeFor<RecordsIn<T>[K]> });

/** Whether there is a list or a tensor somewhere. */
type HasSizes<T> = true extends SizesIn<T> ? true : false;
type SizesIn<T> = T extends TensorLike | TypedArray | readonly unknown[]
  ? true
  : T extends RecordsIn<T>
    ? { [K in keyof T]: SizesIn<T[K]> }[keyof T]
    : false;

/** Whether it is given by the names of fields. */
export function isByField<V>(given: PerField<V>): given is { readonly [field: string]: PerField<V> } {
  return typeof given === 'object' && given !== null && !Array.isArray(given) && !isTensor(given);
}
