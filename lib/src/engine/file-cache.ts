import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CacheReader, CacheWriter, EpochOf } from './cache-stage';
import { adopting, CarriedSources } from './carried-origins';
import { Chunk, END, type Pulled } from './chunk';
import { type Origin, originOf, Part, rowOf, sourceOf } from './origin';
import type { Run } from './run';

/** An origin as structured clone can carry it. */
type PlainOrigin = number | { of: PlainOrigin; part: number } | PlainOrigin[];

/** So many items go to the file together. */
interface Frame {
  values: unknown[];
  origins: PlainOrigin[];
  /** What stands at each single row, where the row's number does not say it. */
  names: [origin: number, name: string][];
  /** Sources that no frame before has named. */
  sources: { ordinal: number; identity: number; epoch: number }[];
}

const FORMAT = 'stemma-cache 1\n';

/**
 * Keeps items in a file: frames of Node's own serialization (structured clone), each behind its length. The file has its name only once it is
 * whole, so that a run that ends early leaves nothing behind that another one would take for the data.
 */
export class FileCache {
  readonly #file: string;
  /** What stands for the sources of the file, by their ordinals in it: the same for each pass of a run. */
  readonly #keys = new Map<number, object>();

  constructor(
    folder: string,
    private readonly key: string,
    private readonly label: string,
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
    const known = new Set<number>();
    let file: FileHandle | null = null;
    const begin = async (): Promise<FileHandle> => {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      file = await open(temporary, 'w');
      await file.writeFile(FORMAT);
      return file;
    };
    return {
      add: async (chunk) => {
        if (chunk.length === 0) return;
        const target = file ?? (await begin());
        const body = serialize(this.#frame(chunk, run, known));
        const length = Buffer.alloc(4);
        length.writeUInt32LE(body.length);
        await target.writeFile(Buffer.concat([length, body]));
      },
      complete: async () => {
        await (file ?? (await begin())).close();
        await rename(temporary, this.#file);
      },
      discard: async () => {
        await file?.close();
        await rm(temporary, { force: true });
      },
    };
  }

  #frame({ values, origins }: Chunk, run: Run, known: Set<number>): Frame {
    const frame: Frame = { values, origins: origins.map(plain), names: [], sources: [] };
    const note = (origin: Origin): void => {
      if (typeof origin === 'object') return origin instanceof Part ? note(origin.of) : origin.forEach(note);
      const ordinal = sourceOf(origin);
      const source = run.source(origin);
      if (source === undefined) return;
      if (!known.has(ordinal)) {
        known.add(ordinal);
        frame.sources.push({ ordinal, identity: source.identity, epoch: source.epoch });
      }
      frame.names.push([origin, source.describe(rowOf(origin))]);
    };
    origins.forEach(note);
    return frame;
  }

  read(run: Run, epochOf: EpochOf): CacheReader {
    const names = new Map<number, string>();
    const sources = new CarriedSources();
    const adopted = adopting(run, sources.get, epochOf);
    let file: FileHandle | null = null;
    let rest = Chunk.empty();

    const readFrame = async (): Promise<boolean> => {
      if (file === null) {
        file = await open(this.#file, 'r');
        const { buffer } = await file.read(Buffer.alloc(FORMAT.length), 0, FORMAT.length);
        if (buffer.toString('latin1') !== FORMAT) throw this.#damaged('it is no cache of this version');
      }
      const head = await file.read(Buffer.alloc(4), 0, 4);
      if (head.bytesRead === 0) return false;
      const length = head.buffer.readUInt32LE();
      const body = await file.read(Buffer.alloc(length), 0, length);
      if (head.bytesRead < 4 || body.bytesRead < length) throw this.#damaged('it is cut off');
      const frame = deserialize(body.buffer) as Frame;
      for (const [origin, name] of frame.names) names.set(origin, name);
      for (const { ordinal, identity, epoch } of frame.sources) {
        const describe = (row: number): string => names.get(originOf(ordinal, row)) ?? `${this.label} item ${row}`;
        sources.add(ordinal, { key: this.#keyOf(ordinal), info: { describe, identity, epoch } });
      }
      rest = new Chunk(
        frame.values,
        frame.origins.map((origin) => adopted(revived(origin))),
      );
      return true;
    };

    return {
      pull: async (want): Promise<Pulled> => {
        if (rest.length === 0 && !(await readFrame())) return END;
        return new Chunk(rest.values.splice(0, want), rest.origins.splice(0, want));
      },
      close: async () => {
        await file?.close();
        file = null;
      },
    };
  }

  #keyOf(ordinal: number): object {
    let key = this.#keys.get(ordinal);
    if (key === undefined) this.#keys.set(ordinal, (key = {}));
    return key;
  }

  #damaged(reason: string): Error {
    return new Error(`the cache "${this.key}" cannot be read: ${reason}; delete "${this.#file}" and run again`);
  }
}

function plain(origin: Origin): PlainOrigin {
  if (typeof origin === 'number') return origin;
  return origin instanceof Part ? { of: plain(origin.of), part: origin.index } : origin.map(plain);
}

function revived(origin: PlainOrigin): Origin {
  if (typeof origin === 'number') return origin;
  return Array.isArray(origin) ? origin.map(revived) : new Part(revived(origin.of), origin.part);
}
