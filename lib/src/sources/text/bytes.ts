import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HEAD, isGzip, refuseKnownFormat } from './known-formats';

/**
 * The bytes of a file of text, some at a time; of one that was packed with gzip, whatever its name, the unpacked ones.
 * The first piece has at least `HEAD` bytes where the file has them.
 *
 * @throws if the file is of a format that is plainly no text, or its gzip data are damaged.
 */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  const stream = await streamOf(handle, file).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  let head: Buffer | null = Buffer.alloc(0);
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      if (head !== null) {
        head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
        if (head.length < HEAD) continue;
        refuseKnownFormat(file, head);
        yield head;
        head = null;
      } else yield bytes;
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(file, error) : error;
  }
  if (head === null || head.length === 0) return;
  refuseKnownFormat(file, head);
  yield head;
}

async function streamOf(handle: FileHandle, file: string): Promise<Readable> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  const head = buffer.subarray(0, bytesRead);
  refuseKnownFormat(file, head);
  const bytes = handle.createReadStream({ start: 0 });
  // A failure reaches the reader through the stream that it reads.
  return isGzip(head) ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
}

const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_');

const damaged = (file: string, cause: Error): Error =>
  new Error(`the gzip data of ${file} are cut short or damaged: ${cause.message}`, { cause });
