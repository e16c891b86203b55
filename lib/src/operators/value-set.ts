import { inWords } from '../util/check';
import { isPlainObject } from './record';

/** Deeper values are taken for ones that contain themselves. */
const MAX_DEPTH = 100;

/**
 * Values, each of which is there once: those of lists, records, dates and typed arrays are compared by what is in them.
 */
export class ValueSet {
  readonly #scalars = new Set<unknown>();
  /** Others as texts, which are equal where the values are. */
  readonly #texts = new Set<string>();

  get size(): number {
    return this.#scalars.size + this.#texts.size;
  }

  /** False where it is there already; where it is not, and `most` values are, an error. */
  add(value: unknown, most: number): boolean {
    if (typeof value === 'function' || typeof value === 'symbol') throw incomparable(value);
    const isScalar = typeof value !== 'object' || value === null;
    const set = (isScalar ? this.#scalars : this.#texts) as Set<unknown>;
    const key = isScalar ? value : textOf(value, 0);
    if (set.has(key)) return false;
    if (this.size >= most)
      throw new RangeError(
        `there are more than ${most} different keys, which are kept in memory; ` +
          'raise maxKeys, or give a key of which there are fewer',
      );
    set.add(key);
    return true;
  }
}

function textOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') throw incomparable(value);
  // Of numbers 0 and -0 are one, and NaN is itself, as for a Set.
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === MAX_DEPTH)
    throw new TypeError(`the key is nested more than ${MAX_DEPTH} deep, or contains itself; give a simpler key`);
  if (Array.isArray(value)) return `[${Array.from(value, (member) => textOf(member, depth + 1)).join()}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return `${Object.prototype.toString.call(value)}(${(value as Uint8Array).join()})`;
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (!isPlainObject(value)) throw incomparable(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${textOf(value[name], depth + 1)}`).join()}}`;
}

const incomparable = (value: unknown): TypeError =>
  new TypeError(
    'expected a key that is compared by its value (numbers, texts, dates, typed arrays, lists and records of these), ' +
      `got ${typeof value === 'symbol' ? 'a symbol' : inWords(value)}; return one from the option key`,
  );
