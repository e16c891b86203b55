import type { Tensor, TypedArray } from '../../tensor/tensor';

/**
 * What a batch of `T` is, as in tf.data: tensors are stacked to one with another dimension in front, records become a
 * record of batches, everything else a list. Where `T` is a union, its tensors, its records and the rest are
 * distinguished, since one batch holds only one of these kinds; fields that only some of its records have are optional,
 * since the records of one batch have the same fields.
 */
export type Batched<T> = Open<
  T,
  [T] extends [never] ? never[] : StackOf<TensorsIn<T>> | ColumnsOf<RecordsIn<T>> | ListOf<WholesIn<T>>
>;

/** A batch with `ragged: true`: what differs is a list, with undefined where a record lacks a field. */
export type RaggedBatch<T> = Open<
  T,
  [T] extends [never] ? never[] : StackOf<TensorsIn<T>> | RaggedColumnsOf<RecordsIn<T>> | MixedIn<T>
>;

/**
 * A batch of `paddedBatch`: the lists in it may be longer than they were. `M` and `L`: the fields with a mask, and with
 * lengths.
 */
export type PaddedBatch<T, M = never, L = never> = Batched<Lengthened<T>> &
  Added<T, M, '_mask'> &
  Added<T, L, '_length'>;

/** What the items of a batch `B` are: the reverse of `Batched`. */
export type Unbatched<B> = Open<
  B,
  B extends TensorLike<infer D>
    ? Tensor<D>
    : B extends readonly (infer U)[]
      ? U
      : B extends BigInt64Array | BigUint64Array
        ? bigint
        : B extends TypedArray
          ? number
          : IsWhole<B> extends true
            ? never
            : { [K in keyof B]: Unbatched<B[K]> }
>;

/** Whether `unbatch` can take `B` apart, or some of it where it is a union. */
export type IsBatch<B> =
  IsAny<B> extends true
    ? true
    : IsUnknown<B> extends true
      ? true
      : B extends TensorLike | readonly unknown[] | TypedArray
        ? true
        : IsWhole<B> extends true
          ? false
          : false extends { [K in keyof B]: IsBatch<Exclude<B[K], undefined>> }[keyof B]
            ? false
            : true;

/** As tensors are found at run time: by what they hold. */
export interface TensorLike<D extends TypedArray = TypedArray> {
  readonly data: D;
  readonly shape: readonly number[];
}

// Below, `T` stands only before `extends`, never behind it: so TypeScript sees that a dataset of more special items is
// one of more general ones.
/** `Known`, unless nothing is known of `T`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a batch of any is any
type Open<T, Known> = [T extends never ? 1 : 2] extends [2] ? ([T] extends [Something] ? Known : unknown) : any;
type Something = object | string | number | boolean | bigint | symbol | null | undefined | void;

export type IsAny<T> = [T extends never ? 1 : 2] extends [2] ? false : true;
export type IsUnknown<T> = [T] extends [Something] ? false : true;

/** What is never taken apart, beside objects with methods: these are found by their functions. */
type Atom =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | void
  | readonly unknown[]
  | ArrayBuffer
  | ArrayBufferView
  | Date
  | Error
  | RegExp
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the one type that functions and classes of any signature are of
  | Function;

/**
 * Whether a value stays in one piece: atoms, and objects with methods, which instances of classes have and data does
 * not.
 */
export type IsWhole<T> = T extends Atom ? true : T extends object ? HasMethods<T> : true;

type HasMethods<T> = [MethodsOf<T>[keyof T]] extends [never] ? false : true;
type MethodsOf<T> = {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
  [K in keyof T]-?: IsAny<T[K]> extends true ? never : Extract<T[K], Function> extends never ? never : K;
};

type TensorsIn<T> = T extends TensorLike ? T : never;
export type RecordsIn<T> = T extends TensorLike ? never : IsWhole<T> extends true ? never : T;
type WholesIn<T> = T extends TensorLike ? never : IsWhole<T> extends true ? T : never;

type StackOf<T> = [T] extends [never] ? never : [T] extends [TensorLike<infer D>] ? Tensor<D> : never;
type ListOf<T> = [T] extends [never] ? never : T[];

type ColumnsOf<T> = [T] extends [never] ? never : [RareKeysOf<T>] extends [never] ? Columns<[T]> : UnionColumns<[T]>;
/** In a box, since a mapped type of a bare `T` is one of each member of a union. */
type Columns<Box extends [unknown]> = { [K in keyof Box[0]]-?: Batched<Box[0][K]> };
type UnionColumns<Box extends [unknown]> = Flat<
  Columns<Box> & { [K in RareKeysOf<Box[0]>]?: Batched<FieldIn<Box[0], K>> }
>;
type Flat<T> = { [K in keyof T]: T[K] };

type RaggedColumnsOf<T> = [T] extends [never] ? never : RaggedColumns<[Complete<T, KeysOf<T>>]>;
type RaggedColumns<Box extends [unknown]> = { [K in keyof Box[0]]-?: RaggedBatch<Box[0][K]> };
/** The fields that any record of a union has. */
export type KeysOf<T> = T extends unknown ? keyof T : never;
/** The fields that some records of a union lack. */
type RareKeysOf<T> = Exclude<KeysOf<T>, keyof T>;
/** What the records of a union that have the field `K` have there. */
export type FieldIn<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
/** Each record with undefined for the fields that only others have. */
type Complete<T, Keys extends PropertyKey> = T extends unknown
  ? T & { [K in Exclude<Keys, keyof T>]: undefined }
  : never;

/** Records of one kind are always columns; all else is a list where it differs. */
type MixedIn<T> = [Exclude<T, RecordsIn<T>>] extends [never] ? never : T[];

/** Tuples and literals are not what they were once they are filled up. */
type Lengthened<T> = Open<
  T,
  T extends TensorLike | TypedArray
    ? T
    : T extends readonly (infer U)[]
      ? Filled<U>[]
      : IsWhole<T> extends true
        ? T
        : { [K in keyof T]: Lengthened<T[K]> }
>;
type Filled<U> = Open<
  U,
  U extends TensorLike | TypedArray
    ? U
    : U extends readonly (infer V)[]
      ? Filled<V>[]
      : Widened<U, IsWhole<U> extends true ? U : { [K in keyof U]: Filled<U[K]> }>
>;
/** The type of a literal; `Other` for anything but strings, numbers, booleans and bigints. */
export type Widened<U, Other> = U extends string
  ? string
  : U extends number
    ? number
    : U extends boolean
      ? boolean
      : U extends bigint
        ? bigint
        : Other;

/** The masks or lengths that a padded batch has beside its fields. */
type Added<T, Names, Suffix extends '_mask' | '_length'> = [Names] extends [never]
  ? unknown
  : {
      [
        K in keyof T & string as K extends Names ? (IsPadded<T[K]> extends true ? `${K}${Suffix}` : never) : never
      ]: Suffix extends '_mask' ? MaskOf<T[K]> : number[];
    } & ([RareKeysOf<T>] extends [never] ? unknown : AddedRarely<T, Names, Suffix>);
/** Of the fields that only some records of a union have. */
type AddedRarely<T, Names, Suffix extends '_mask' | '_length'> = {
  [
    K in RareKeysOf<T> & string as K extends Names
      ? IsPadded<FieldIn<T, K>> extends true
        ? `${K}${Suffix}`
        : never
      : never
  ]?: Suffix extends '_mask' ? MaskOf<FieldIn<T, K>> : number[];
};
type IsPadded<V> = [V] extends [TensorLike | TypedArray | readonly unknown[]] ? true : false;
type MaskOf<V> = V extends TensorLike ? Tensor<Uint8Array> : MaskOfList<V>[];
type MaskOfList<V> = V extends TypedArray
  ? Uint8Array
  : V extends readonly (infer U)[]
    ? (U extends TypedArray | readonly unknown[] ? MaskOfList<U> : number)[]
    : number;
