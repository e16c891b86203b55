import { checkWhole } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import { type Categories, categoryAt, categoryEncoder } from './encoder';
import type { Estimator } from './fitted-transform';

/** The options of `ordinalEncoder`. */
export interface OrdinalEncoderOptions {
  /** The number for categories that the fit has not seen. Default: an error. */
  unknownValue?: number;
}

const OPTIONS: OptionTypes<OrdinalEncoderOptions> = { unknownValue: 'any' };

/**
 * Replaces each category with its number, from 0 in sorted order, as scikit-learn's `OrdinalEncoder`. A missing value
 * is a category of its own, the last one.
 *
 * @throws TypeError for wrong columns or options; RangeError on an item with an unknown category.
 * @example
 * const train = Dataset.fromArray([{ port: 'S' }, { port: 'C' }, { port: 'S' }]);
 * const encoder = await ordinalEncoder('port').fit(train);
 * await train.map(encoder).toArray(); // [{ port: 1 }, { port: 0 }, { port: 1 }]
 * encoder.learned.port; // ['C', 'S']
 */
export function ordinalEncoder<const K extends string>(
  columns: K | readonly K[],
  options: OrdinalEncoderOptions = {},
): Estimator<K, 'index', Categories> {
  const name = 'ordinalEncoder';
  checkOptions(options, name, OPTIONS);
  const { unknownValue } = options;
  if (unknownValue !== undefined) checkWhole(unknownValue, `unknownValue of ${name}`);
  return categoryEncoder<K, 'index'>({
    name,
    columns: columnsOf(columns, name),
    parameters: unknownValue === undefined ? {} : { unknownValue },
    encoded: (index = unknownValue) => index,
    invert: categoryAt(name),
  });
}
