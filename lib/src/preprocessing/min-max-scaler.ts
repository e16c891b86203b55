import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf } from './cells';
import type { Estimator } from './fitted-transform';
import { type Linear, linearScaler, nonZero } from './linear';
import { ascending } from './ranges';

/** The options of `minMaxScaler`. */
export interface MinMaxScalerOptions {
  /** The range to scale to. Default `[0, 1]`. */
  range?: readonly [low: number, high: number];
  /** Clip later numbers to the range. Default false: they may lie outside it. */
  clip?: boolean;
}

const OPTIONS: OptionTypes<MinMaxScalerOptions> = { range: 'any', clip: 'boolean' };

/**
 * Scales columns of numbers to a range, as scikit-learn's `MinMaxScaler`. A constant column is mapped to the low end.
 * Missing values are ignored and stay.
 *
 * @throws TypeError for wrong columns or options.
 * @example
 * const train = Dataset.fromArray([{ fare: 10 }, { fare: 30 }]);
 * const scaler = await minMaxScaler('fare').fit(train);
 * scaler({ fare: 15 }); // { fare: 0.25 }
 */
export function minMaxScaler<const K extends string>(
  columns: K | readonly K[],
  options: MinMaxScalerOptions = {},
): Estimator<K, 'number', Linear> {
  const name = 'minMaxScaler';
  checkOptions(options, name, OPTIONS);
  const { clip = false } = options;
  const [low, high] = ascending(options.range ?? [0, 1], `range of ${name}`);
  return linearScaler<K>({
    name,
    columns: columnsOf(columns, name),
    parameters: { range: [low, high], clip },
    learn: () => {
      let [min, max] = [Infinity, -Infinity];
      return {
        add: (value) => {
          if (value < min) min = value;
          if (value > max) max = value;
        },
        state: () => {
          const scale = nonZero(max - min) / (high - low);
          return { center: min - low * scale, scale };
        },
      };
    },
    clip: clip ? (scaled) => Math.min(high, Math.max(low, scaled)) : undefined,
  });
}
