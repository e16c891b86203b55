import type { CacheReader, CacheWriter, EpochOf } from './cache-stage';
import { adopting, CarriedSources } from './carried-origins';
import { Chunk, END } from '../../engine/chunk';
import type { Origin } from '../../engine/origin';
import type { Run } from '../../engine/run';

interface Kept {
  values: unknown[];
  origins: Origin[];
  sources: CarriedSources;
}

/** Keeps the items themselves. Of two runs that fill it at the same time, the first to end counts. */
export class MemoryCache {
  #kept: Kept | null = null;

  get complete(): boolean {
    return this.#kept !== null;
  }

  write(run: Run): CacheWriter {
    const kept: Kept = { values: [], origins: [], sources: new CarriedSources() };
    return {
      add: ({ values, origins }) => {
        for (let i = 0; i < values.length; i++) {
          kept.values.push(values[i]);
          kept.origins.push(origins[i]!);
          kept.sources.note(run, origins[i]!);
        }
      },
      complete: () => void (this.#kept ??= kept),
      discard: () => undefined,
    };
  }

  read(run: Run, epochOf: EpochOf): CacheReader {
    const { values, origins, sources } = this.#kept!;
    const adopted = adopting(run, sources.get, epochOf);
    let next = 0;
    return {
      pull: (want) => {
        const first = next;
        next = Math.min(values.length, first + want);
        if (next === first) return END;
        return new Chunk(values.slice(first, next), origins.slice(first, next).map(adopted));
      },
      close: () => undefined,
    };
  }
}
