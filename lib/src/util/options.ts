import { inWords } from './check';
import { hasPlainPrototype } from './plain-prototype';

/** What an option may be; `any` is for those that the operation checks itself. */
export type OptionType = 'any' | 'boolean' | 'function' | 'list' | 'signal' | 'text';

/** All options of something, by name. */
export type OptionTypes<T> = { readonly [name in keyof T]-?: OptionType };

const CHECKS: { readonly [type in OptionType]: { is: (value: unknown) => boolean; expected: string } } = {
  any: { is: () => true, expected: 'a value' },
  boolean: { is: (value) => typeof value === 'boolean', expected: 'true or false' },
  function: { is: (value) => typeof value === 'function', expected: 'a function' },
  list: { is: Array.isArray, expected: 'a list' },
  signal: { is: isSignal, expected: 'an AbortSignal' },
  text: { is: (value) => typeof value === 'string', expected: 'a text' },
};

/**
 * Refuses what JavaScript lets through: other values in place of options, unknown options, and options of the wrong
 * type.
 *
 * @throws TypeError that suggests what was probably meant.
 */
export function checkOptions(given: unknown, of: string, known: { readonly [name: string]: OptionType }): void {
  if (!isRecordOfOptions(given))
    throw new TypeError(`invalid options of ${of}: expected ${exampleOf(given, known)}, got ${inWords(given)}`);
  for (const [name, value] of Object.entries(given)) {
    const type = Object.hasOwn(known, name) ? known[name]! : unknownOption(name, of, Object.keys(known));
    if (value !== undefined && !CHECKS[type].is(value))
      throw new TypeError(`invalid ${name} of ${of}: expected ${CHECKS[type].expected}, got ${inWords(value)}`);
  }
}

/** A plain object, of any realm, or an instance of a class that has fields; neither iterable nor a promise. */
function isRecordOfOptions(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  if (Symbol.iterator in value || Symbol.asyncIterator in value || 'then' in value) return false;
  return hasPlainPrototype(value) || Object.keys(value).length > 0;
}

/** `{ bufferSize: 100 }`, for a 100 that stands where options belong. */
function exampleOf(given: unknown, known: { readonly [name: string]: OptionType }): string {
  const fits = (type: OptionType): boolean =>
    type === 'any' ? typeof given === 'number' || typeof given === 'function' : CHECKS[type].is(given);
  const names = Object.keys(known).filter((name) => !COMMON.includes(name));
  const examples = names.filter((name) => fits(known[name]!)).map((name) => `{ ${name}: ${inWords(given)} }`);
  const isPrintable = ['number', 'boolean'].includes(typeof given);
  const options = `a record of options (${Object.keys(known).join(', ')})`;
  return isPrintable && examples.length > 0 ? `an option by its name, ${examples.join(' or ')}` : options;
}

/** What every operation has is seldom what was meant. */
const COMMON = ['identifier', 'uses', 'samples'];

function unknownOption(name: string, of: string, known: readonly string[]): never {
  const meant = closest(name, known);
  const failing = name === 'onError' ? '; do what may fail in a map with onError' : '';
  const advice = meant === undefined ? `expected one of ${known.join(', ')}${failing}` : `did you mean ${meant}?`;
  throw new TypeError(`unknown option "${name}" of ${of}: ${advice}`);
}

/**
 * The name that a person who wrote `name` probably meant: in another case, its beginning, or with a typing error or
 * two.
 */
export function closest(name: string, known: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const distances = known.map((candidate) => {
    const other = bare(candidate);
    return wanted.length > 2 && other.startsWith(wanted) ? 1 : distance(wanted, other);
  });
  const least = Math.min(...distances);
  return least <= Math.max(1, Math.floor(wanted.length / 4)) ? known[distances.indexOf(least)] : undefined;
}

/** How many letters have to be put in, left out, replaced, or swapped with the next (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, rows[i - 1]![j]! + 1, row[j - 1]! + 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

function isSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}
