import { type Origin, Part } from './origin';

/** How many comparisons an artifact spends on items that do not come by: a filter took them, or the stream is endless. */
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

  /** The places of followed items in a chunk, and which these are; each one is found once. A batch is found by any of its items. */
  find(origins: readonly Origin[]): Map<number, number[]> {
    const missing = this.#missing;
    while (this.#known < this.origins.length) missing.push(this.origins[this.#known++]!);
    const places = new Map<number, number[]>();
    if (typeof origins[0] !== 'number') {
      for (let at = 0; at < origins.length && missing.length > 0; at++) this.#visit(origins[at]!, at, places);
      return places;
    }
    this.#left -= origins.length * missing.length;
    for (let i = missing.length - 1; i >= 0; i--) {
      const at = origins.indexOf(missing[i]!);
      if (at >= 0) this.#found(i, at, places);
    }
    return places;
  }

  #visit(origin: Origin, at: number, places: Map<number, number[]>): void {
    if (origin instanceof Part) this.#visit(origin.of, at, places);
    else if (typeof origin === 'object') for (const one of origin) this.#visit(one, at, places);
    else {
      this.#left -= this.#missing.length;
      const i = this.#missing.indexOf(origin);
      if (i >= 0) this.#found(i, at, places);
    }
  }

  #found(i: number, at: number, places: Map<number, number[]>): void {
    const [origin] = this.#missing.splice(i, 1);
    const others = places.get(at);
    if (others === undefined) places.set(at, [origin!]);
    else others.push(origin!);
  }
}
