import { SetupError } from '../../util/setup-error';

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'it may not be written; choose another folder, or change the permissions',
  EPERM: 'it may not be written; choose another folder, or change the permissions',
  ENOENT: 'its folder is gone, or takes no files',
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full; make room, or write to another disk',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file is larger than its disk allows',
  EIO: 'the disk reports an error',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open; lower the concurrency, or raise ulimit -n',
  ENFILE: 'too many files are open; lower the concurrency, or raise ulimit -n',
};

/** Why `path` cannot be written, in the words of a person: no item is to blame. */
export function writeError(path: string, error: unknown): SetupError {
  if (error instanceof SetupError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new SetupError(`cannot write "${path}": ${REASONS[code] ?? message}`, { cause: error });
}
