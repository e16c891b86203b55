import { inWords } from '../util/check';
import { isMissing } from './cells';
import type { ColumnFit } from './estimator';
import type { JsonValue } from 'stemma-document';

/** Learns from the values that are there. @throws RangeError where there is none. */
export function ofPresent<S extends JsonValue>(
  column: string,
  name: string,
  { add, state }: ColumnFit<S>,
): ColumnFit<S> {
  let count = 0;
  return {
    add: (value) => {
      if (isMissing(value)) return;
      count++;
      add(value);
    },
    state: () => {
      if (count > 0) return state();
      throw new RangeError(`${name} has nothing to fit: all values of column ${inWords(column)} are missing`);
    },
  };
}
