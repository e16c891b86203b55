import { createReadStream, statSync } from 'node:fs';
import * as path from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A file that is to be read: one that is not there is an error at once, which says where it was looked for. */
export function checkFile(file: string, kind: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true) return;
  throw new Error(
    `${kind} cannot read "${file}": ${found === undefined ? 'there is no such file' : 'it is no file'} (looked for in ` +
      `"${path.resolve(file)}"); paths are relative to the folder of the notebook or to where the script was started`,
  );
}

/** The bytes of a file; of one that ends in `.gz`, unpacked. */
export function readFileStream(file: string): Readable {
  const bytes = createReadStream(file);
  if (!file.toLowerCase().endsWith('.gz')) return bytes;
  // A failure reaches the reader through the stream that it reads.
  return pipeline(bytes, createGunzip(), () => undefined);
}
