import { Moments } from '../statistics/moments';
import { inWords } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { categoryIn, type Category, columnsOf, isMissing, numberIn } from './cells';
import { type ColumnFit, estimator } from './estimator';
import type { Estimator } from './fitted-transform';
import { Numbers } from './numbers';
import { ofPresent } from './present';
import { Counts } from './ranked';

/** The value for missing ones: the mean, median or mode of the column, or `fillValue`. */
export type ImputerStrategy = 'mean' | 'median' | 'mostFrequent' | 'constant';

/** The options of `simpleImputer`. */
export interface SimpleImputerOptions {
  /**
   * Default `'mean'`. `'mostFrequent'` also accepts strings and booleans; of equally frequent values it takes the first
   * in sorted order.
   */
  strategy?: ImputerStrategy;
  /** The value for the strategy `'constant'`, which requires it; no other strategy accepts it. */
  fillValue?: Category;
}

const OPTIONS: OptionTypes<SimpleImputerOptions> = { strategy: 'any', fillValue: 'any' };

/**
 * Replaces null, undefined and NaN with a value, as scikit-learn's `SimpleImputer`. For the median, the fit keeps the
 * numbers in memory, 8 bytes each.
 *
 * @throws TypeError for wrong columns or options.
 * @example
 * const train = Dataset.fromArray([{ age: 20 }, { age: null }, { age: 30 }]);
 * const imputer = await simpleImputer('age').fit(train);
 * await train.map(imputer).toArray(); // [{ age: 20 }, { age: 25 }, { age: 30 }]
 */
export function simpleImputer<const K extends string>(
  columns: K | readonly K[],
  options: SimpleImputerOptions = {},
): Estimator<K, 'present', Category> {
  const name = 'simpleImputer';
  checkOptions(options, name, OPTIONS);
  const { strategy = 'mean', fillValue } = options;
  if (!Object.hasOwn(FITS, strategy))
    throw new TypeError(
      `invalid strategy of ${name}: expected ${Object.keys(FITS).map(inWords).join(', ')}, got ${inWords(strategy)}`,
    );
  const isGiven = typeof fillValue === 'string' || typeof fillValue === 'boolean' || Number.isFinite(fillValue);
  if (isGiven !== (strategy === 'constant') || (fillValue !== undefined && !isGiven))
    throw new TypeError(
      `invalid fillValue of ${name}: expected ${strategy === 'constant' ? 'a text, a number or a boolean' : `none with strategy '${strategy}'`}, got ${inWords(fillValue)}`,
    );
  return estimator<K, 'present', Category>({
    name,
    columns: columnsOf(columns, name),
    parameters: { strategy, ...(isGiven ? { fillValue: fillValue as Category } : {}) },
    fit: (column) => FITS[strategy](column, name, fillValue),
    isState: (state) => ['string', 'number', 'boolean'].includes(typeof state),
    summary: (state) => (typeof state === 'string' ? { value: 'text' } : state),
    transform: (state) => (value) => (isMissing(value) ? state : value),
  });
}

type Fit = (column: string, name: string, fillValue: Category | undefined) => ColumnFit<Category>;

const FITS: { readonly [strategy in ImputerStrategy]: Fit } = {
  mean: (column, name) => {
    const moments = new Moments();
    return ofPresent(column, name, {
      add: (value) => moments.add(numberIn(value, column, name)),
      state: () => moments.mean,
    });
  },
  median: (column, name) => {
    const numbers = new Numbers();
    return ofPresent(column, name, {
      add: (value) => numbers.add(numberIn(value, column, name)),
      state: () => numbers.quantiles([0.5])[0]!,
    });
  },
  mostFrequent: (column, name) => {
    const counts = new Counts<Category>(column, name);
    return ofPresent<Category>(column, name, {
      add: (value) => counts.add(categoryIn(value, column, name)!),
      state: () => counts.ranked()[0]![0],
    });
  },
  constant: (_column, _name, fillValue) => ({ add: () => undefined, state: () => fillValue! }),
};
