/** Values and how often they came. */
import { inWords } from '../util/check';
import type { Category } from './cells';

/** More would not fit into memory, and are no categories. */
const MOST = 2 ** 22;

/** Counts categories. */
export class Counts<C extends Category | null> {
  readonly #counts = new Map<C, number>();

  constructor(
    private readonly column: string,
    private readonly name: string,
  ) {}

  /** @throws RangeError for more different values than can be kept. */
  add(value: C): void {
    const count = this.#counts.get(value);
    if (count === undefined && this.#counts.size === MOST)
      throw new RangeError(
        `too many different values in column ${inWords(this.column)} for ${this.name}: expected at most ${MOST}: use hashEncoder`,
      );
    this.#counts.set(value, (count ?? 0) + 1);
  }

  get size(): number {
    return this.#counts.size;
  }

  /** In their order. */
  sorted(): C[] {
    return [...this.#counts.keys()].sort(ascending);
  }

  /** The most frequent first; those that are equally frequent in their order. */
  ranked(): [value: C, count: number][] {
    return [...this.#counts].sort(([a, m], [b, n]) => n - m || ascending(a, b));
  }
}

/** Booleans, numbers, texts by code point as Python sorts them, then what is missing. */
export function ascending(a: Category | null, b: Category | null): number {
  const [rank, other] = [rankOf(a), rankOf(b)];
  if (rank !== other) return rank - other;
  if (typeof a === 'string') return byCodePoint(a, b as string);
  return Number(a) - Number(b);
}

const rankOf = (value: Category | null): number =>
  value === null ? 3 : ['boolean', 'number', 'string'].indexOf(typeof value);

/** UTF-16 sorts what lies beyond U+FFFF before U+E000. */
function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
    return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}
