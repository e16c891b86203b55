import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import type { Estimator } from './fitted-transform';
import { type Linear, linearScaler, nonZero } from './linear';
import { Numbers } from './numbers';
import { ascending } from './ranges';

/** The options of `robustScaler`. */
export interface RobustScalerOptions {
  /** The quantiles, in percent, whose distance is scaled to 1. Default `[25, 75]`. */
  quantileRange?: readonly [low: number, high: number];
}

const OPTIONS: OptionTypes<RobustScalerOptions> = { quantileRange: 'any' };

/**
 * Subtracts the median and divides by the distance between two quantiles, as scikit-learn's `RobustScaler`: outliers
 * have little effect. The fit keeps the numbers in memory, 8 bytes each. Missing values are ignored and stay.
 *
 * @throws TypeError for wrong columns or options.
 * @example
 * const train = Dataset.fromArray([1, 2, 3, 4, 500].map((price) => ({ price })));
 * const scaler = await robustScaler('price').fit(train);
 * scaler({ price: 5 }); // { price: 1 }
 */
export function robustScaler<const K extends string>(
  columns: K | readonly K[],
  options: RobustScalerOptions = {},
): Estimator<K, 'number', Linear> {
  const name = 'robustScaler';
  checkOptions(options, name, OPTIONS);
  const [low, high] = ascending(options.quantileRange ?? [25, 75], `quantileRange of ${name}`, 0, 100);
  return linearScaler<K>({
    name,
    columns: columnsOf(columns, name),
    parameters: { quantileRange: [low, high] },
    learn: () => {
      const numbers = new Numbers();
      return {
        add: (value) => numbers.add(value),
        state: () => {
          const [from, median, to] = numbers.quantiles([low / 100, 0.5, high / 100]) as [number, number, number];
          return { center: median, scale: nonZero(to - from) };
        },
      };
    },
  });
}
