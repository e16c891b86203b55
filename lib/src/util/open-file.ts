import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileKind } from './file-kind';
import { whileTooManyOpen } from './while-too-many-open';

/** Opening a FIFO would otherwise wait for somebody to write. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A regular file, opened to be read, and its size. While too many files are open it waits. @throws FileError */
export async function openFile(path: string): Promise<{ handle: FileHandle; size: number }> {
  try {
    const handle = await whileTooManyOpen(() => open(path, FLAGS));
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
    await handle.close();
    throw new FileError(otherKind(stats));
  } catch (error) {
    throw fileError(error);
  }
}

/**
 * As `openFile`, in a thread that may wait: what `use` makes of the open file.
 * @throws FileError, and what `use` throws
 */
export async function withOpenFile<T>(path: string, use: (descriptor: number) => T): Promise<T> {
  try {
    const descriptor = await whileTooManyOpen(() => openSync(path, FLAGS));
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new FileError(otherKind(stats));
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fileError(error);
  }
}

/** Why a file cannot be read, in the words of a person; the message does not name it. */
export class FileError extends Error {}

const otherKind = (stats: Stats): string => `it is ${fileKind(stats)}, not a regular file`;

/** What the system says of a file, in words; any other error as it is. */
function fileError(error: unknown): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason === undefined ? error : new FileError(reason, { cause: error });
}

const TOO_MANY = 'too many files are open; lower the concurrency, or raise ulimit -n';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file: a part of its path is no folder',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads to itself',
  ENXIO: 'it is a socket or a device, not a regular file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
};
