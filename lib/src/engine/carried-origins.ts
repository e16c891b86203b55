import { type Origin, originOf, Part, rowOf, sourceOf } from './origin';
import type { Run, SourceInfo } from './run';

/** Origins that outlive their run: the sources of the run that made them, by their ordinals in it. */
export class CarriedSources {
  readonly #sources = new Map<number, { key: object; info: SourceInfo }>();

  /** Remembers the sources that `origin` speaks of. */
  note(run: Run, origin: Origin): void {
    if (typeof origin === 'number') {
      const ordinal = sourceOf(origin);
      if (this.#sources.has(ordinal)) return;
      const source = run.sourceEntry(ordinal);
      if (source !== undefined) this.#sources.set(ordinal, source);
    } else if (origin instanceof Part) this.note(run, origin.of);
    else origin.forEach((at) => this.note(run, at));
  }

  [Symbol.iterator](): IterableIterator<[number, { key: object; info: SourceInfo }]> {
    return this.#sources.entries();
  }

  /** Makes the sources part of `run`; answers what turns the origins into that run's. */
  adopt(run: Run): (origin: Origin) => Origin {
    const ordinals = new Map([...this.#sources].map(([ordinal, { key, info }]) => [ordinal, run.addSource(key, info)]));
    if ([...ordinals].every(([before, after]) => before === after)) return (origin) => origin;
    const translate = (origin: Origin): Origin => {
      if (typeof origin === 'number') return originOf(ordinals.get(sourceOf(origin)) ?? 0, rowOf(origin));
      return origin instanceof Part ? new Part(translate(origin.of), origin.index) : origin.map(translate);
    };
    return translate;
  }

  add(ordinal: number, key: object, info: SourceInfo): void {
    this.#sources.set(ordinal, { key, info });
  }
}
