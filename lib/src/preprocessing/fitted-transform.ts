import type { JsonValue } from 'stemma-document';
import type { Consumable } from '../dataset/consumable';
import type { Options } from '../graph/operation-options';
import type { SinkOptions } from '../sinks/run-sink';
import type { Tensor } from '../tensor/tensor';
import type { TransformFacts } from '../util/described';

/** The result type of a transform for a value of type `V`. */
export interface ColumnResults<V> {
  /**
   * A number; a missing value stays missing. Strings are refused at run time, since a CSV column may be typed as
   * either.
   */
  number: number | Exclude<V, number | string>;
  /** The value itself, never missing. */
  present: V & {};
  /** The number of a category. */
  index: number;
  /** One number per category. */
  vector: Tensor<Float32Array>;
  /** The number of a token, or those of a list of tokens. */
  tokens: V extends string ? number : number[];
}

/** The kinds of results. */
export type ColumnResult = keyof ColumnResults<unknown>;

/** A record in which a transform has changed some columns. */
export type WithColumns<T, K extends string, R extends ColumnResult> = string extends keyof T
  ? T & { [name in K]: ColumnResults<T[keyof T]>[R] }
  : { [name in keyof T]: name extends K ? ColumnResults<T[name]>[R] : T[name] };

/** Nothing where `T` has all columns; else what it does not have, by which the compiler names it. */
export type HasColumns<T, K extends string> = [K] extends [keyof T]
  ? unknown
  : { 'no such column': Exclude<K, keyof T> };

/** A fitted transform: a function for `map`. The record links it to the data it was fitted on. */
export interface FittedTransform<K extends string, R extends ColumnResult, S> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): WithColumns<T, K, R>;
  /** What was learned, by column. */
  readonly learned: { readonly [name in K]: S };
  /** The inverse, which returns results in the units of the data; undefined if there is none. */
  readonly inverse: R extends 'number' | 'index' | 'tokens' ? InverseTransform<K> : undefined;
  /** What `JSON.stringify` writes, and `load` reads. */
  toJSON(): SavedTransform;
}

/** The inverse of a fitted transform: a function for `map`. */
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

/** A transform that learns from data: `fit` reads a dataset once. */
export interface Estimator<K extends string, R extends ColumnResult, S> {
  /** Columns, and options with defaults. */
  readonly parameters: { readonly [name: string]: JsonValue };
  /**
   * Learns from all items, in one run whose result is an artifact. Fit on training data only.
   *
   * @throws PipelineError on an item that lacks a column or has a value of the wrong type in it; RangeError if there is
   *   nothing to learn from.
   */
  fit<T extends object>(
    dataset: Consumable<T> & HasColumns<T, K>,
    options?: Options<SinkOptions>,
  ): Promise<FittedTransform<K, R, S>>;
  /**
   * Restores a fitted transform from its JSON: `standardScaler('age').load(JSON.parse(text))`.
   *
   * @throws TypeError unless it was saved from an estimator with the same name, columns and options.
   */
  load(saved: unknown): FittedTransform<K, R, S>;
}
