import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { lostClass } from '../../util/lost-class';
import { makeFolder } from '../../util/make-folder';
import { removeStale } from '../../util/temporary-files';
import { CacheFileError, CacheFileReader, CacheFileWriter } from './cache-file';
import { FrameDecoder, FrameEncoder } from './cache-frame';
import type { CacheReader, CacheWriter, EpochOf } from './cache-stage';
import { adopting, CarriedSources } from './carried-origins';
import { Chunk, END } from '../../engine/chunk';
import type { Run } from '../../engine/run';

/** A process that writes a cache touches its file many times a day. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** A source before a cache, for which an object stands that is the same in each pass. */
export interface SourceKey {
  readonly identity: number;
}

/** What is before a cache. */
export interface CacheUpstream {
  /** In an order that each process has. */
  sources(): readonly SourceKey[];
  /** How the items are made, as structured clone can carry it. */
  recipe(): unknown;
  /** In words, why a file of `items` items cannot be its items; null where it can. */
  objection(items: number): string | null;
  /** Warns where the items are no longer made by `recipe`. */
  compare(recipe: unknown): void;
}

/**
 * Keeps items in a file: frames of Node's own serialization (structured clone). The file has its name only once it is
 * whole, so that a run that ends early leaves nothing behind that another one would take for the data.
 */
export class FileCache {
  readonly #file: string;
  /** What stands for a source of the file that is not there any more, by its ordinal. */
  readonly #keys = new Map<number, object>();

  constructor(
    folder: string,
    private readonly key: string,
    private readonly label: string,
    private readonly before: CacheUpstream,
  ) {
    const name = key.replace(/[^\w.-]+/g, '-').slice(0, 60);
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 8);
    this.#file = path.join(folder, `${name}-${hash}.stemma-cache`);
  }

  get complete(): boolean {
    return existsSync(this.#file);
  }

  write(run: Run): CacheWriter {
    const temporary = `${this.#file}.${randomUUID()}.part`;
    const encoder = new FrameEncoder(run, this.label, this.before.sources());
    const inTurn = turns();
    let file: CacheFileWriter | null = null;
    const begin = async (): Promise<CacheFileWriter> => {
      await makeFolder(path.dirname(this.#file));
      await this.#removeAbandoned();
      return (file = await CacheFileWriter.begin(temporary, { key: this.key, recipe: this.before.recipe() }));
    };
    return {
      add: (chunk) =>
        inTurn(async () => {
          if (chunk.length === 0) return;
          chunk.values.forEach(checkItem);
          const target = file ?? (await begin());
          await target.add(encoder.encode(chunk), chunk.length);
        }),
      complete: () => inTurn(async () => (file ?? (await begin())).complete(this.#file)),
      discard: () => inTurn(async () => file?.discard()),
    };
  }

  /** What killed processes left of this cache. What cannot be removed stays; the next writer tries again. */
  #removeAbandoned(): Promise<void> {
    const prefix = `${path.basename(this.#file)}.`;
    const isPart = (name: string): boolean => name.startsWith(prefix) && name.endsWith('.part');
    return removeStale(path.dirname(this.#file), isPart, ABANDONED_MS).catch(() => undefined);
  }

  read(run: Run, epochOf: EpochOf): CacheReader {
    const sources = new CarriedSources();
    const decoder = new FrameDecoder(sources, (ordinal, at, identity) => this.#keyOf(ordinal, at, identity));
    const adopted = adopting(run, sources.get, epochOf);
    const inTurn = turns();
    let file: CacheFileReader | null = null;
    let rest = Chunk.empty();
    let items = 0;

    const readFrame = async (): Promise<boolean> => {
      file ??= await this.#open();
      const body = await file.next();
      if (body === null) {
        if (items !== file.items) throw new CacheFileError('it is damaged');
        return false;
      }
      rest = decoder.decode(body, adopted);
      items += rest.length;
      return true;
    };

    return {
      pull: (want) =>
        inTurn(async () => {
          try {
            if (rest.length === 0 && !(await readFrame())) return END;
          } catch (error) {
            throw this.#unreadable(error);
          }
          return new Chunk(rest.values.splice(0, want), rest.origins.splice(0, want));
        }),
      close: () =>
        inTurn(async () => {
          await file?.close();
          file = null;
        }),
    };
  }

  async #open(): Promise<CacheFileReader> {
    const file = await CacheFileReader.open(this.#file, this.key);
    const objection = this.before.objection(file.items);
    if (objection !== null) {
      await file.close();
      throw new CacheFileError(objection);
    }
    this.before.compare(file.recipe);
    return file;
  }

  /** The node of the source where it is still before the cache; a stand-in where something else is. */
  #keyOf(ordinal: number, at: number, identity: number): object {
    const source = this.before.sources()[at];
    if (source?.identity === identity) return source;
    let key = this.#keys.get(ordinal);
    if (key === undefined) this.#keys.set(ordinal, (key = {}));
    return key;
  }

  #unreadable(error: unknown): unknown {
    if (!(error instanceof CacheFileError)) return error;
    return new Error(`the cache "${this.key}" cannot be read: ${error.message}; delete "${this.#file}" and run again`);
  }
}

/** One thing after the other: an abort may close a file that is just being opened. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function checkItem(item: unknown): void {
  const lost = lostClass(item);
  if (lost === null) return;
  throw new TypeError(
    `an instance of ${lost} would come back from the file as a plain object ` +
      '(make plain objects of them before the cache, and instances behind it)',
  );
}
