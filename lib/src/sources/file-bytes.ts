import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openFile } from '../util/open-file';
import { plural } from '../util/plural';

/** How many of a file's first bytes are looked at. */
export const HEAD = 512;

/**
 * The bytes of a file in pieces; of one packed with gzip, whatever its name, the unpacked bytes. The first piece has at
 * least `HEAD` bytes where the file has them.
 *
 * @param checkHead is given the first of these bytes; it throws for what is not read.
 * @throws if the file cannot be read to its end, or its gzip data are damaged.
 */
export async function* bytesOf(
  file: string,
  checkHead: (head: Buffer) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const { handle, size } = await openNamed(file);
  try {
    const first = await headOf(handle);
    const stored = handle.createReadStream({ start: 0 });
    // A failure reaches the reader through the stream that it reads.
    const bytes = isGzip(first) ? pipeline(stored, createGunzip(), () => undefined) : stored;
    yield* withWholeHead(bytes, checkHead);
    if (stored.bytesRead < size)
      throw new Error(
        `cannot read "${file}" to its end: it had ${plural(size, 'byte')}, and became shorter after ${stored.bytesRead} of them were read`,
      );
  } catch (error) {
    throw described(error as NodeJS.ErrnoException, file);
  } finally {
    await handle.close();
  }
}

async function* withWholeHead(bytes: AsyncIterable<Buffer>, checkHead: (head: Buffer) => void): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (head === null) {
      yield piece;
      continue;
    }
    head = head.length === 0 ? piece : Buffer.concat([head, piece]);
    if (head.length < HEAD) continue;
    checkHead(head);
    yield head;
    head = null;
  }
  if (head === null || head.length === 0) return;
  checkHead(head);
  yield head;
}

/** Whether a file was packed with gzip, whatever its name. */
export async function isPacked(file: string): Promise<boolean> {
  const { handle } = await openNamed(file);
  try {
    return isGzip(await headOf(handle));
  } finally {
    await handle.close();
  }
}

/** As `openFile`, with the name of the file in the error. */
export async function openNamed(file: string): Promise<{ handle: FileHandle; size: number }> {
  try {
    return await openFile(file);
  } catch (error) {
    throw new Error(`cannot read "${file}": ${(error as Error).message}`, { cause: error });
  }
}

/** An error of the system or of zlib, with the name of the file; any other as it is. */
function described(error: NodeJS.ErrnoException, file: string): Error {
  const { message, code, syscall } = error;
  if (syscall !== undefined) return new Error(`cannot read "${file}": ${message}`, { cause: error });
  if (code?.startsWith('Z_') !== true) return error;
  // The first header was one: this is where the next of several would begin.
  if (message === 'incorrect header check')
    return new Error(
      `behind the gzip data of ${file} stands something else, or they are damaged; unpack what is whole with: gunzip -c`,
      { cause: error },
    );
  return new Error(`the gzip data of ${file} are cut short or damaged: ${message}`, { cause: error });
}

export const isGzip = (head: Buffer): boolean => head.toString('latin1', 0, 3) === '\x1F\x8B\x08';

async function headOf(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  return buffer.subarray(0, bytesRead);
}
