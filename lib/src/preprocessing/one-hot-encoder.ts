import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import { type Categories, categoryEncoder } from './encoder';
import type { Estimator } from './fitted-transform';

/** The options of `oneHotEncoder`. */
export interface OneHotEncoderOptions {
  /** Encode a category that the fit has not seen as zeros. Default false: an error. */
  ignoreUnknown?: boolean;
}

const OPTIONS: OptionTypes<OneHotEncoderOptions> = { ignoreUnknown: 'boolean' };

/**
 * Replaces each category with a float32 tensor of shape `[categories]`, with 1 at its number and 0 elsewhere, as
 * scikit-learn's `OneHotEncoder`. A missing value is a category of its own, the last one.
 *
 * @throws TypeError for wrong columns or options; RangeError on an item with an unknown category.
 * @example
 * const train = Dataset.fromArray([{ port: 'S' }, { port: 'C' }]);
 * const encoder = await oneHotEncoder('port').fit(train);
 * encoder({ port: 'S' }); // { port: { data: Float32Array.of(0, 1), shape: [2] } }
 */
export function oneHotEncoder<const K extends string>(
  columns: K | readonly K[],
  options: OneHotEncoderOptions = {},
): Estimator<K, 'vector', Categories> {
  const name = 'oneHotEncoder';
  checkOptions(options, name, OPTIONS);
  const { ignoreUnknown = false } = options;
  return categoryEncoder<K, 'vector'>({
    name,
    columns: columnsOf(columns, name),
    parameters: { ignoreUnknown },
    encoded: (index, count) => {
      if (index === undefined && !ignoreUnknown) return undefined;
      const data = new Float32Array(count);
      if (index !== undefined) data[index] = 1;
      return { data, shape: [count] };
    },
  });
}
