import { portable } from '../graph/definition';
import type { JsonValue } from '../model/document';

/** Whether two values are the same; `close`: but for numbers that differ within the tolerance. */
export type Likeness = 'same' | 'close' | 'different';

/**
 * Two values of JSON side by side. `tolerance` is relative to the larger of two numbers; absolute paths are compared by
 * their last part, since folders differ from machine to machine.
 */
export function compareValues(a: JsonValue | undefined, b: JsonValue | undefined, tolerance: number): Likeness {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b, tolerance);
  if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
    const [left, right] = [a as Members, b as Members];
    return worst(
      [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [left[name], right[name]]),
      tolerance,
    );
  }
  if (a === undefined || b === undefined) return a === b ? 'same' : 'different';
  return portable(a) === portable(b) ? 'same' : 'different';
}

type Members = { readonly [name: string]: JsonValue | undefined };

const isObject = (value: JsonValue | undefined): value is JsonValue[] | { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null;

function worst(
  pairs: readonly (readonly [JsonValue | undefined, JsonValue | undefined])[],
  tolerance: number,
): Likeness {
  let found: Likeness = 'same';
  for (const [a, b] of pairs) {
    const likeness = compareValues(a, b, tolerance);
    if (likeness === 'different') return likeness;
    if (likeness === 'close') found = likeness;
  }
  return found;
}

function compareNumbers(a: number, b: number, tolerance: number): Likeness {
  if (Object.is(a, b) || a === b) return 'same';
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)) ? 'close' : 'different';
}
