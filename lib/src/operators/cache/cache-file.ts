import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { syncFolder } from '../../util/temporary-files';

/*
 * A cache file: a line that names the format; frames, each behind its length and its checksum (32 bits, little endian),
 * of which the first one holds the key and how the items were made; and an end of fixed size with the number of items,
 * of frames and of bytes, and its own checksum. Nothing of it is taken for data unless the end says that the file is
 * whole.
 */
const FORMAT = Buffer.from('stemma-cache 3\n');
const HEAD_BYTES = 8;
const END_MARK = Buffer.from('end\n');
const END_BYTES = END_MARK.length + 3 * 8 + 4;

/** What a cache file says of its items. */
export interface CacheHead {
  key: string;
  /** How they were made. */
  recipe: unknown;
}

/** Writes a cache file under a temporary name; it has its own name only once it is whole, and on the disk. */
export class CacheFileWriter {
  #items = 0;
  #frames = 0;
  #bytes = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly temporary: string,
  ) {}

  /** `temporary` must not be there; what is written is for its owner's eyes only. */
  static async begin(temporary: string, head: CacheHead): Promise<CacheFileWriter> {
    const writer = new CacheFileWriter(await open(temporary, 'wx', 0o600), temporary);
    try {
      await writer.#write(FORMAT);
      await writer.add(serialize(head), 0);
    } catch (error) {
      await writer.discard();
      throw error;
    }
    return writer;
  }

  /** A frame that holds `items` items. */
  async add(body: Buffer, items: number): Promise<void> {
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(body.length, 0);
    head.writeUInt32LE(crc32(body), 4);
    await this.#write(Buffer.concat([head, body]));
    this.#items += items;
    this.#frames++;
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.handle.writeFile(bytes);
    this.#bytes += bytes.length;
  }

  async complete(file: string): Promise<void> {
    const end = Buffer.alloc(END_BYTES);
    END_MARK.copy(end);
    [this.#items, this.#frames, this.#bytes + END_BYTES].forEach((count, i) =>
      end.writeBigUInt64LE(BigInt(count), END_MARK.length + 8 * i),
    );
    end.writeUInt32LE(crc32(end.subarray(0, -4)), END_BYTES - 4);
    await this.#write(end);
    // Else the name could be on the disk before the data are.
    await this.handle.sync();
    await this.handle.close();
    await rename(this.temporary, file);
    await syncFolder(path.dirname(file));
  }

  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.temporary, { force: true });
  }
}

/** Why a file is not taken for a cache: in words. */
export class CacheFileError extends Error {}

/** Reads a cache file whose end says that it is whole. */
export class CacheFileReader {
  #at = FORMAT.length;
  #frames = 0;
  #recipe: unknown;

  private constructor(
    private readonly handle: FileHandle,
    private readonly end: { items: number; frames: number; bytes: number },
  ) {}

  /** @throws CacheFileError if it is not whole, or holds something else than `key`. */
  static async open(file: string, key: string): Promise<CacheFileReader> {
    // To open a pipe would wait for somebody to write.
    if (!(await stat(file)).isFile()) throw new CacheFileError('it is not a file');
    const handle = await open(file, 'r');
    try {
      const reader = new CacheFileReader(handle, await readEnd(handle));
      const first = await reader.next();
      const head = (first === null ? null : deserialize(first)) as Partial<CacheHead> | null;
      if (head?.key !== key) throw new CacheFileError('it holds the items of another key');
      reader.#recipe = head.recipe;
      return reader;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** How the items were made, as the writer was given it. */
  get recipe(): unknown {
    return this.#recipe;
  }

  /** How many items there are in all. */
  get items(): number {
    return this.end.items;
  }

  /** The next frame; null behind the last one. */
  async next(): Promise<Buffer | null> {
    const left = this.end.bytes - END_BYTES - this.#at;
    if (left === 0 && this.#frames === this.end.frames) return null;
    if (left < HEAD_BYTES || this.#frames === this.end.frames) throw damaged();
    const head = await this.#read(HEAD_BYTES);
    const length = head.readUInt32LE(0);
    // Not a byte is set aside for a length that the file does not have.
    if (length > left - HEAD_BYTES) throw damaged();
    const body = await this.#read(length);
    if (crc32(body) !== head.readUInt32LE(4)) throw damaged();
    this.#frames++;
    return body;
  }

  async #read(length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(length), 0, length, this.#at);
    if (bytesRead < length) throw new CacheFileError('it is cut off');
    this.#at += length;
    return buffer;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

async function readEnd(handle: FileHandle): Promise<{ items: number; frames: number; bytes: number }> {
  const { size } = await handle.stat();
  const format = await handle.read(Buffer.alloc(FORMAT.length), 0, FORMAT.length, 0);
  if (!format.buffer.equals(FORMAT)) throw new CacheFileError('it is not a cache of this version of Stemma');
  if (size < FORMAT.length + END_BYTES) throw new CacheFileError('it is cut off');
  const end = (await handle.read(Buffer.alloc(END_BYTES), 0, END_BYTES, size - END_BYTES)).buffer;
  const isEnd = end.subarray(0, END_MARK.length).equals(END_MARK);
  if (!isEnd || end.readUInt32LE(END_BYTES - 4) !== crc32(end.subarray(0, -4)))
    throw new CacheFileError('it is cut off');
  const [items, frames, bytes] = [0, 1, 2].map((i) => Number(end.readBigUInt64LE(END_MARK.length + 8 * i)));
  if (bytes !== size) throw damaged();
  return { items: items!, frames: frames!, bytes: bytes! };
}

const damaged = (): CacheFileError => new CacheFileError('it is damaged');
