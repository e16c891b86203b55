import { Moments } from '../statistics/moments';
import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import type { Estimator } from './fitted-transform';
import { type Linear, linearScaler } from './linear';

/** The options of `standardScaler`. */
export interface StandardScalerOptions {
  /** Subtract the mean. Default true. */
  withMean?: boolean;
  /** Divide by the standard deviation. Default true. */
  withStd?: boolean;
}

const OPTIONS: OptionTypes<StandardScalerOptions> = { withMean: 'boolean', withStd: 'boolean' };

/**
 * Scales columns of numbers to mean 0 and standard deviation 1, as scikit-learn's `StandardScaler`: `(value - mean) /
 * std`, with the standard deviation of the population. A constant column is only shifted. Missing values are ignored
 * and stay.
 *
 * @throws TypeError for wrong columns or options.
 * @example
 * const train = Dataset.fromArray([{ age: 20 }, { age: 40 }]);
 * const scaler = await standardScaler('age').fit(train);
 * await train.map(scaler).toArray(); // [{ age: -1 }, { age: 1 }]
 */
export function standardScaler<const K extends string>(
  columns: K | readonly K[],
  options: StandardScalerOptions = {},
): Estimator<K, 'number', Linear> {
  const name = 'standardScaler';
  checkOptions(options, name, OPTIONS);
  const { withMean = true, withStd = true } = options;
  return linearScaler<K>({
    name,
    columns: columnsOf(columns, name),
    parameters: { withMean, withStd },
    learn: () => {
      const moments = new Moments();
      return {
        add: (value) => moments.add(value),
        state: () => ({ center: withMean ? moments.mean : 0, scale: withStd ? scaleOf(moments) : 1 }),
      };
    },
  });
}

/** 1 where the variance is only what rounding leaves: Chan, Golub and LeVeque's bound, which scikit-learn uses. */
function scaleOf({ count, mean, variance }: Moments): number {
  const { EPSILON } = Number;
  const isConstant = variance <= count * EPSILON * variance + (count * mean * EPSILON) ** 2;
  return isConstant ? 1 : Math.sqrt(variance);
}
