import type { JsonValue } from 'stemma-document';
import type { Consumable } from '../dataset/consumable';
import type { Options } from '../graph/operation-options';
import type { SinkOptions } from '../sinks/run-sink';
import type { Tensor } from '../tensor/tensor';
import type { TransformFacts } from '../util/described';

/** What a transform makes of a value of type `V`; a missing value stays missing where noted. */
export interface ColumnResults<V> {
  /** A number; a missing value stays. Texts are refused when it runs: a column of a CSV may be typed as either. */
  number: number | Exclude<V, number | string>;
  /** What it was, but never missing. */
  present: V & {};
  /** The number of a category. */
  index: number;
  /** As many numbers as there are categories. */
  vector: Tensor<Float32Array>;
  /** The number of a token, or those of a list of tokens. */
  tokens: V extends string ? number : number[];
}

/** What a transform makes of values, by name. */
export type ColumnResult = keyof ColumnResults<unknown>;

/** A record in which a transform has changed some columns. */
export type WithColumns<T, K extends string, R extends ColumnResult> = string extends keyof T
  ? T & { [name in K]: ColumnResults<T[keyof T]>[R] }
  : { [name in keyof T]: name extends K ? ColumnResults<T[name]>[R] : T[name] };

/** Nothing where `T` has all columns; else what it does not have, by which the compiler names it. */
export type HasColumns<T, K extends string> = [K] extends [keyof T]
  ? unknown
  : { 'no such column': Exclude<K, keyof T> };

/** A transform that was fitted: a function for `map`. Its parameters are in the record, linked to what it was fitted on. */
export interface FittedTransform<K extends string, R extends ColumnResult, S> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): WithColumns<T, K, R>;
  /** What was learned of each column. */
  readonly learned: { readonly [name in K]: S };
  /** The way back, to read results in the units of the data; undefined where there is none. */
  readonly inverse: R extends 'number' | 'index' | 'tokens' ? InverseTransform<K> : undefined;
  /** What `JSON.stringify` writes, and `load` reads. */
  toJSON(): SavedTransform;
}

/** From what a transform made back to what was there. */
export interface InverseTransform<K extends string> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): { [name in keyof T]: name extends K ? unknown : T[name] };
}

/** A fitted transform as JSON. */
export interface SavedTransform {
  transform: string;
  options: { [option: string]: JsonValue };
  /** What was learned, by column. */
  columns: { [column: string]: JsonValue };
}

/** A transform that learns from data: `fit` passes over a dataset once. */
export interface Estimator<K extends string, R extends ColumnResult, S> {
  /** Columns and options with their defaults. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /**
   * Learns from all items, in one run whose result is an artifact. Fit on training data only.
   *
   * @throws PipelineError on an item without such a column, or with another kind of value in it; RangeError where there is nothing to
   *   learn from.
   */
  fit<T extends object>(
    dataset: Consumable<T> & HasColumns<T, K>,
    options?: Options<SinkOptions>,
  ): Promise<FittedTransform<K, R, S>>;
  /**
   * What was fitted before and saved: `standardScaler('age').load(JSON.parse(text))`.
   *
   * @throws TypeError unless it is of an estimator with the same name, columns and options.
   */
  load(saved: unknown): FittedTransform<K, R, S>;
}
