/** By the order in which sources begin: the more of them there are, the fewer of each. Later ones have none. */
const CANDIDATES = [12, 4, 2, 2, 2, 2, 2, 2, 2, 2];
/** Far apart, since neighbours often meet the same fate. */
const ROWS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144];

/** How many items one run follows at most. */
export const MAX_TRACED = CANDIDATES.reduce((sum, count) => sum + count, 0);

/**
 * The items that a run keeps at every artifact which they pass, by their origins. While it goes on they are candidates,
 * several of each source, since nobody knows which of them a filter drops; in the end each source keeps the one that
 * came furthest.
 */
export class TracedItems {
  /** Grows while the run goes on: a source that is opened later adds its own. */
  readonly origins: number[] = [];
  readonly #sources: number[][] = [];
  /** How many artifacts each one passed. */
  readonly #passed = new Map<number, number>();

  /** `maxSources`: of how many sources. */
  constructor(private readonly maxSources: number) {}

  addSource(originOfRow: (row: number) => number): void {
    const nth = this.#sources.length;
    const count = nth < this.maxSources ? (CANDIDATES[nth] ?? 0) : 0;
    const origins = ROWS.slice(0, count).map(originOfRow);
    this.#sources.push(origins);
    this.origins.push(...origins);
  }

  pass(origin: number): void {
    this.#passed.set(origin, (this.#passed.get(origin) ?? 0) + 1);
  }

  /** Of each source the item that passed most artifacts, the earliest of several. */
  furthest(): Set<number> {
    const passed = (origin: number): number => this.#passed.get(origin) ?? 0;
    return new Set(
      this.#sources.flatMap((origins) => {
        const most = Math.max(...origins.map(passed));
        return most > 0 ? origins.find((origin) => passed(origin) === most)! : [];
      }),
    );
  }
}
