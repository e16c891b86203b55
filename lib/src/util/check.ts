/** Checks of what a user passes: errors at the call, with the value that was given. */

export function checkCount(value: unknown, name: string, least = 0): number {
  if (!Number.isInteger(value) || (value as number) < least)
    throw new TypeError(`invalid ${name}: ${String(value)} (a whole number of at least ${least} is needed)`);
  return value as number;
}

export function checkFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw new TypeError(`invalid ${name}: ${typeof value} (a function is needed)`);
}

/** Any whole number that is exact. */
export function checkSeed(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`invalid ${name}: ${String(value)} (a whole number is needed)`);
  return value as number;
}

/** A share of a whole: 0 to 1. */
export function checkShare(value: unknown, name: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new TypeError(`invalid ${name}: ${String(value)} (a number from 0 to 1 is needed)`);
  return value;
}
