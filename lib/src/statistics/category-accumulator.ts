/** The counts of the values of a categorical field. */
export interface CategoryStatistics {
  /** The number of different values. */
  distinct: number;
  /** The most frequent values, at most 20, in descending order of frequency, then of first appearance. */
  top: { value: string | number | boolean; count: number }[];
}

/** More different values, or longer texts, are no categories: they are not counted. */
const MOST_DISTINCT = 10_000;
const LONGEST = 200;
const TOP = 20;

/** Counts texts, booleans and whole numbers. */
export class CategoryAccumulator {
  /** Null once something came that is no category. */
  #counts: Map<string | number | boolean, number> | null = new Map();

  add(value: unknown): void {
    if (this.#counts === null) return;
    const count = isCategory(value) ? (this.#counts.get(value) ?? 0) : -1;
    if (count === -1 || (count === 0 && this.#counts.size === MOST_DISTINCT)) this.#counts = null;
    else this.#counts.set(value as string, count + 1);
  }

  statistics(): CategoryStatistics | null {
    if (this.#counts === null || this.#counts.size === 0) return null;
    const ranked = [...this.#counts].sort(([, a], [, b]) => b - a);
    return { distinct: ranked.length, top: ranked.slice(0, TOP).map(([value, count]) => ({ value, count })) };
  }
}

function isCategory(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return value.length <= LONGEST;
  return typeof value === 'boolean' || Number.isInteger(value);
}
