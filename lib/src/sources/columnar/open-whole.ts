import type { FileHandle } from 'node:fs/promises';
import { openNamed } from '../file-bytes';

/** A file that is read by places, of which the ends have been looked at. */
export interface WholeFile {
  byteLength: number;
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a file that `check` finds whole by its first and last 8 bytes; it returns what is wrong, or null.
 *
 * @throws if it is empty, or if `check` throws.
 */
export async function openWhole(
  file: string,
  check: (head: Buffer, tail: Buffer, size: number) => string | null,
): Promise<WholeFile> {
  const { handle, size } = await openNamed(file);
  try {
    const ends = [
      await readAt(handle, 0, Math.min(8, size)),
      await readAt(handle, Math.max(0, size - 8), size),
    ] as const;
    const wrong = size === 0 ? 'it is empty' : check(...ends, size);
    if (wrong !== null) throw new Error(`cannot read "${file}": ${wrong}`);
    return {
      byteLength: size,
      read: (start, end) => readAt(handle, start, end),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readAt(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(Math.max(0, end - start)));
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) throw new Error('the file ends before the place that is read: it is cut off');
    at += bytesRead;
  }
  return bytes;
}
