import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { lostClass } from '../util/lost-class';
import { FrameDecoder, FrameEncoder } from './cache-frame';
import type { CacheReader, CacheWriter, EpochOf } from './cache-stage';
import { adopting, CarriedSources } from './carried-origins';
import { Chunk, END } from './chunk';
import type { Run } from './run';

const FORMAT = 'stemma-cache 2\n';

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
    const encoder = new FrameEncoder(run, this.label);
    const inTurn = turns();
    let file: FileHandle | null = null;
    const begin = async (): Promise<FileHandle> => {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      file = await open(temporary, 'w');
      await file.writeFile(FORMAT);
      return file;
    };
    return {
      add: (chunk) =>
        inTurn(async () => {
          if (chunk.length === 0) return;
          checkItem(chunk.values[0]);
          const target = file ?? (await begin());
          const body = encoder.encode(chunk);
          const length = Buffer.alloc(4);
          length.writeUInt32LE(body.length);
          await target.writeFile(Buffer.concat([length, body]));
        }),
      complete: () =>
        inTurn(async () => {
          await (file ?? (await begin())).close();
          await rename(temporary, this.#file);
        }),
      discard: () =>
        inTurn(async () => {
          await file?.close();
          await rm(temporary, { force: true });
        }),
    };
  }

  read(run: Run, epochOf: EpochOf): CacheReader {
    const sources = new CarriedSources();
    const decoder = new FrameDecoder(sources, (ordinal) => this.#keyOf(ordinal));
    const adopted = adopting(run, sources.get, epochOf);
    const inTurn = turns();
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
      rest = decoder.decode(body.buffer, adopted);
      return true;
    };

    return {
      pull: (want) =>
        inTurn(async () => {
          if (rest.length === 0 && !(await readFrame())) return END;
          return new Chunk(rest.values.splice(0, want), rest.origins.splice(0, want));
        }),
      close: () =>
        inTurn(async () => {
          await file?.close();
          file = null;
        }),
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

/** One thing after the other: an abort may close a file that is just being opened. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Items are of one kind as a rule: it is enough to look at some. */
function checkItem(item: unknown): void {
  const lost = lostClass(item);
  if (lost === null) return;
  throw new TypeError(
    `an instance of ${lost} would come back from the file as a plain object ` +
      '(make plain objects of them before the cache, and instances behind it)',
  );
}
