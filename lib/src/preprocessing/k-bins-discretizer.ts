import { checkCount, inWords } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { columnsOf, isMissing, numberIn } from './cells';
import { estimator } from './estimator';
import type { Estimator } from './fitted-transform';
import { Numbers } from './numbers';
import { ofPresent } from './present';

/** The options of `kBinsDiscretizer`. */
export interface KBinsDiscretizerOptions {
  /** The number of bins, at least 2. Default 5. */
  bins?: number;
  /** Bins of equal frequency, or of equal width (`'uniform'`). Default `'quantile'`. */
  strategy?: 'quantile' | 'uniform';
}

const OPTIONS: OptionTypes<KBinsDiscretizerOptions> = { bins: 'any', strategy: 'any' };

/** Narrower bins are joined, as in scikit-learn. */
const NARROWEST = 1e-8;

/**
 * Replaces each number with the number of its bin, from 0, as scikit-learn's `KBinsDiscretizer` with
 * `encode='ordinal'`. Quantiles are interpolated linearly; empty bins are left out. The fit keeps the numbers in
 * memory, 8 bytes each. Missing values are ignored and stay.
 *
 * @throws TypeError for wrong columns or options.
 * @example
 * const train = Dataset.fromArray([1, 2, 3, 4].map((age) => ({ age })));
 * const binning = await kBinsDiscretizer('age', { bins: 2 }).fit(train);
 * binning({ age: 3.5 }); // { age: 1 }
 * binning.learned.age; // [1, 2.5, 4]
 */
export function kBinsDiscretizer<const K extends string>(
  columns: K | readonly K[],
  options: KBinsDiscretizerOptions = {},
): Estimator<K, 'number', number[]> {
  const name = 'kBinsDiscretizer';
  checkOptions(options, name, OPTIONS);
  const { bins = 5, strategy = 'quantile' } = options;
  checkCount(bins, `bins of ${name}`, 2);
  if (strategy !== 'quantile' && strategy !== 'uniform')
    throw new TypeError(`invalid strategy of ${name}: expected 'quantile' or 'uniform', got ${inWords(strategy)}`);
  const shares = Array.from({ length: bins + 1 }, (_, i) => i / bins);
  return estimator<K, 'number', number[]>({
    name,
    columns: columnsOf(columns, name),
    parameters: { bins, strategy },
    fit: (column) => {
      const numbers = new Numbers();
      return ofPresent(column, name, {
        add: (value) => numbers.add(numberIn(value, column, name)),
        state: () => {
          if (strategy === 'quantile') return wideEnough(numbers.quantiles(shares));
          const [min, max] = numbers.quantiles([0, 1]) as [number, number];
          return wideEnough(shares.map((share) => (share === 1 ? max : min + (max - min) * share)));
        },
      });
    },
    isState: (state) => Array.isArray(state) && state.length > 1 && state.every(Number.isFinite),
    transform: (edges, column) => (value) => (isMissing(value) ? value : binOf(numberIn(value, column, name), edges)),
    invert: (edges, column) => (value) =>
      isMissing(value) ? value : middleOf(numberIn(value, column, name), edges, column, name),
  });
}

/** The first edge, and each that is far enough from the one before; at least two. */
function wideEnough(edges: number[]): number[] {
  const kept = edges.filter((edge, i) => i === 0 || edge - edges[i - 1]! > NARROWEST);
  return kept.length > 1 ? kept : [kept[0]!, kept[0]!];
}

/** By the inner edges: what lies beyond the outer ones belongs to the first and the last bin. */
function binOf(value: number, edges: readonly number[]): number {
  let [low, high] = [1, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function middleOf(bin: number, edges: readonly number[], column: string, name: string): number {
  if (Number.isInteger(bin) && bin >= 0 && bin < edges.length - 1) return (edges[bin]! + edges[bin + 1]!) / 2;
  throw new RangeError(
    `invalid bin in column ${inWords(column)} for ${name}.inverse: expected 0 to ${edges.length - 2}, got ${bin}`,
  );
}
