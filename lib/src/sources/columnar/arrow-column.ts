import type { Arrow, Vector } from './arrow';
import { valuesOfVector } from './arrow-values';
import type { Values } from './options';

/** A column of a record batch: its values, undefined in the rows that `bad` names. */
interface ArrowColumn {
  values: unknown[];
  bad: Map<number, Error>;
}

/** @throws what its type, or its dictionary, cannot be read for. */
export function columnOf(arrow: Arrow, vector: Vector, options: Values): ArrowColumn {
  const bad = new Map<number, Error>();
  const read = (from: number, end: number): unknown[] => {
    try {
      return valuesOfVector(arrow, from === 0 && end === vector.length ? vector : vector.slice(from, end), options);
    } catch (error) {
      // Without any row it is the column that cannot be read.
      valuesOfVector(arrow, vector.slice(0, 0), options);
      if (end - from > 1) {
        const middle = (from + end) >>> 1;
        return [...read(from, middle), ...read(middle, end)];
      }
      bad.set(from, error as Error);
      return [undefined];
    }
  };
  return { values: read(0, vector.length), bad };
}
