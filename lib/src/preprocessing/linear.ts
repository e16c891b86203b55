/** Scalers, which subtract and divide. They differ in what they learn of a column. */
import type { JsonValue } from 'stemma-document';
import { inWords } from '../util/check';
import { isMissing, numberIn } from './cells';
import { type ColumnFit, estimator, type EstimatorDefinition } from './estimator';
import type { Estimator } from './fitted-transform';
import { ofPresent } from './present';

/** What a scaler learned of a column. It maps a number to `(value - center) / scale`. */
export type Linear = { center: number; scale: number };

/** A scaler whose `learn` looks at the numbers of a column; missing values are ignored and stay. */
export function linearScaler<K extends string>({
  name,
  learn,
  clip = (scaled) => scaled,
  ...rest
}: Pick<EstimatorDefinition<Linear>, 'name' | 'columns' | 'parameters'> & {
  learn: () => ColumnFit<Linear, number>;
  clip?: (scaled: number) => number;
}): Estimator<K, 'number', Linear> {
  const ofNumbers = (column: string, change: (value: number) => number) => (value: unknown) =>
    isMissing(value) ? value : change(numberIn(value, column, name));
  return estimator<K, 'number', Linear>({
    ...rest,
    name,
    fit: (column) => checked(learn(), column, name),
    isState: isLinear,
    transform: ({ center, scale }, column) => ofNumbers(column, (value) => clip((value - center) / scale)),
    invert: ({ center, scale }, column) => ofNumbers(column, (value) => value * scale + center),
  });
}

function checked(fit: ColumnFit<Linear, number>, column: string, name: string): ColumnFit<Linear> {
  return ofPresent(column, name, {
    add: (value) => fit.add(numberIn(value, column, name)),
    state: () => {
      const state = fit.state();
      if (isLinear(state)) return state;
      throw new RangeError(`${name} cannot scale column ${inWords(column)}: its numbers are too far apart`);
    },
  });
}

/** A scale that is only what rounding leaves of 0 would blow noise up; scikit-learn's bound. */
export const nonZero = (scale: number): number => (Math.abs(scale) < 10 * Number.EPSILON ? 1 : scale);

function isLinear(state: JsonValue): boolean {
  const { center, scale } = (state ?? {}) as Partial<Linear>;
  return Number.isFinite(center) && Number.isFinite(scale) && scale !== 0;
}
