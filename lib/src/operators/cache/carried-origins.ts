import { type Origin, originOf, Part, rowOf, sourceOf } from '../../engine/origin';
import type { Run, SourceEntry } from '../../engine/run';

/** Origins that outlive their run: the sources of the run that made them, by their ordinals in it. */
export class CarriedSources {
  readonly #sources = new Map<number, SourceEntry>();

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

  add(ordinal: number, source: SourceEntry): void {
    this.#sources.set(ordinal, source);
  }

  readonly get = (ordinal: number): SourceEntry | undefined => this.#sources.get(ordinal);
}

/**
 * Translates origins into those of `run`; `sourceAt` gives the sources that they refer to. Their items are replayed, so
 * `epochOf` gives the epoch that each becomes.
 */
export function adopting(
  run: Run,
  sourceAt: (ordinal: number) => SourceEntry | undefined,
  epochOf: (epoch: number) => number,
): (origin: Origin) => Origin {
  const ordinals = new Map<number, number>();
  const adopt = (ordinal: number): number => {
    const source = sourceAt(ordinal);
    const adopted =
      source === undefined ? 0 : run.addSource(source.key, { ...source.info, epoch: epochOf(source.info.epoch) });
    ordinals.set(ordinal, adopted);
    return adopted;
  };
  const translate = (origin: Origin): Origin => {
    if (typeof origin === 'number') {
      const ordinal = sourceOf(origin);
      return originOf(ordinals.get(ordinal) ?? adopt(ordinal), rowOf(origin));
    }
    return origin instanceof Part ? new Part(translate(origin.of), origin.index) : origin.map(translate);
  };
  return translate;
}
