import { checkCount, checkWhole } from '../util/check';
import type { TransformFacts } from '../util/described';
import { checkOptions, type OptionTypes } from '../util/options';
import { categoryIn, columnsOf } from './cells';
import { columnFunction } from './column-function';
import type { HasColumns, WithColumns } from './fitted-transform';
import { murmur3 } from './murmur3';

/** The options of `hashEncoder`. */
export interface HashEncoderOptions {
  /** The number of bins, at least 1. */
  bins: number;
  /** The seed of the hash: with another one, other categories collide. Default 0. */
  seed?: number;
}

/** A transform of columns that needs no fit. */
export interface ColumnTransform<K extends string> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): WithColumns<T, K, 'number'>;
}

const OPTIONS: OptionTypes<HashEncoderOptions> = { bins: 'any', seed: 'any' };

/**
 * Replaces each category with a number from 0 to `bins - 1`, by its hash, as Keras' `Hashing`. It needs no fit and
 * accepts any number of categories, old or new, but some share a number. The hash is MurmurHash3 of the text, as
 * scikit-learn's `murmurhash3_32`. A missing value stays.
 *
 * @throws TypeError for wrong columns or options; on an item whose value is not a string, number or boolean.
 * @example
 * Dataset.fromArray([{ city: 'Kyoto' }]).map(hashEncoder('city', { bins: 16 }));
 */
export function hashEncoder<const K extends string>(
  columns: K | readonly K[],
  options: HashEncoderOptions,
): ColumnTransform<K> {
  const name = 'hashEncoder';
  checkOptions(options, name, OPTIONS);
  const { bins, seed = 0 } = options;
  const all = columnsOf(columns, name);
  const parameters = {
    columns: all,
    bins: checkCount(bins, `bins of ${name}`, 1),
    seed: checkWhole(seed, `seed of ${name}`),
  };
  return columnFunction(name, all, parameters, (row) => {
    const result: { [column: string]: unknown } = { ...row };
    for (const column of all) {
      const category = categoryIn(row[column], column, name);
      if (category !== null) result[column] = murmur3(String(category), seed) % bins;
    }
    return result;
  }) as ColumnTransform<K>;
}
