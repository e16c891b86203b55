import { type Origin, Part } from './origin';

/** Where nothing has come by in so many items, nothing more is looked for: a filter took it, or the stream is endless. */
const GIVE_UP = 200_000;

/** Looks out, at one artifact, for the few items that a run follows. */
export class Followed {
  readonly #missing: number[] = [];
  #known = 0;
  #left = GIVE_UP;

  /** `origins` may grow while the run goes on: a source that is opened later adds its own. */
  constructor(private readonly origins: readonly number[]) {}

  /** Whether it is worth calling `find`. */
  get waiting(): boolean {
    return this.#left > 0 && (this.#known < this.origins.length || this.#missing.length > 0);
  }

  /** The places of followed items in a chunk; each origin is found once. A batch is found by any of its items. */
  find(origins: readonly Origin[]): number[] {
    const missing = this.#missing;
    while (this.#known < this.origins.length) missing.push(this.origins[this.#known++]!);
    this.#left -= origins.length;
    const found: number[] = [];
    for (let i = missing.length - 1; i >= 0; i--) {
      const at = typeof origins[0] === 'number' ? origins.indexOf(missing[i]!) : indexOfDeep(origins, missing[i]!);
      if (at < 0) continue;
      missing.splice(i, 1);
      if (!found.includes(at)) found.push(at);
    }
    return found;
  }
}

function indexOfDeep(origins: readonly Origin[], origin: number): number {
  return origins.findIndex((at) => isFrom(at, origin));
}

function isFrom(at: Origin, origin: number): boolean {
  if (typeof at === 'number') return at === origin;
  return at instanceof Part ? isFrom(at.of, origin) : indexOfDeep(at, origin) >= 0;
}
