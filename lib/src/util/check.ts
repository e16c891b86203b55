/** Checks of what a user passes: errors at the call, with the value that was given. */
import { inWords } from 'stemma-document';

export { inWords };

export function checkCount(value: unknown, name: string, least = 0): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  const limit = typeof value === 'number' && value > Number.MAX_SAFE_INTEGER ? ', below 2^53' : '';
  throw new TypeError(`invalid ${name}: expected a whole number of at least ${least}${limit}, got ${inWords(value)}`);
}

export function checkFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw new TypeError(`invalid ${name}: expected a function, got ${inWords(value)}`);
}

/** Any whole number that is exact, as a seed is. */
export function checkWhole(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value))
    throw new TypeError(`invalid ${name}: expected a whole number, got ${inWords(value)}`);
  return value as number;
}

/** A share of a whole: 0 to 1. */
export function checkShare(value: unknown, name: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new TypeError(`invalid ${name}: expected a number from 0 to 1, got ${inWords(value)}`);
  return value;
}

/** What may be the path of a file or folder. `expected` says what else may stand there. */
export function checkPath(value: unknown, name: string, expected = 'a path'): string {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`invalid ${name}: expected ${expected}, got ${inWords(value)}`);
  if (value.includes('\0'))
    throw new TypeError(`invalid ${name}: expected ${expected}, got ${inWords(value)}, which has a NUL character`);
  return value;
}

/** A text, or several, as a list. */
export function checkTexts(value: unknown, name: string): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  for (const text of texts)
    if (typeof text !== 'string')
      throw new TypeError(`invalid ${name}: expected a text, or a list of texts, got ${inWords(text)}`);
  return texts as string[];
}
