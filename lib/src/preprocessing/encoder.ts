/** Encoders, which number the categories of a column. They differ in what becomes of a number. */
import type { JsonValue } from 'stemma-document';
import { inWords } from '../util/check';
import { categoryIn, type Category } from './cells';
import { estimator, type EstimatorDefinition } from './estimator';
import type { Estimator, ColumnResult } from './fitted-transform';
import { Counts } from './ranked';

/** Booleans, numbers and texts in their order; null, if there was a missing value, is the last. */
export type Categories = (Category | null)[];

/** @internal `encoded` gets the number of a category, or undefined for one that was not there when it was fitted. */
export function categoryEncoder<K extends string, R extends ColumnResult>({
  encoded,
  ...rest
}: Pick<EstimatorDefinition<Categories>, 'name' | 'columns' | 'parameters' | 'invert'> & {
  encoded: (index: number | undefined, count: number) => unknown;
}): Estimator<K, R, Categories> {
  const { name } = rest;
  return estimator<K, R, Categories>({
    ...rest,
    fit: (column) => {
      const counts = new Counts<Category | null>(column, name);
      return { add: (value) => counts.add(categoryIn(value, column, name)), state: () => counts.sorted() };
    },
    isState: isCategories,
    transform: (categories, column) => {
      const places = new Map(categories.map((category, i) => [category, i]));
      return (value) => {
        const result = encoded(places.get(categoryIn(value, column, name)), categories.length);
        if (result !== undefined) return result;
        throw new RangeError(
          `unknown category in column ${inWords(column)} for ${name}: expected one of ${listed(categories)}, got ${inWords(value)}`,
        );
      };
    },
    summary: (categories) => ({ categories: categories.length }),
  });
}

/** @throws RangeError for a number that is none of a category. */
export const categoryAt =
  (name: string) =>
  (categories: readonly unknown[], column: string) =>
  (index: unknown): unknown => {
    if (Number.isSafeInteger(index) && (index as number) >= 0 && (index as number) < categories.length)
      return categories[index as number];
    throw new RangeError(
      `invalid number in column ${inWords(column)} for ${name}.inverse: expected 0 to ${categories.length - 1}, got ${inWords(index)}`,
    );
  };

function listed(categories: Categories): string {
  const shown = categories.slice(0, 10).map(inWords).join(', ');
  return categories.length > 10 ? `${shown} and ${categories.length - 10} more` : shown;
}

const isCategories = (state: JsonValue): boolean =>
  Array.isArray(state) && state.length > 0 && state.every((one) => one === null || typeof one !== 'object');
