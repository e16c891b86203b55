import { statSync } from 'node:fs';
import * as path from 'node:path';
import { fileKind } from '../util/file-kind';

/** A file that is to be read: one that is not there is an error at once, which says where it was looked for. */
export function checkFile(file: string, kind: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true) return;
  throw new Error(
    `${kind} cannot read "${file}": ${found === undefined ? 'there is no such file' : `it is ${fileKind(found)}, not a regular file`} (looked for in ` +
      `"${path.resolve(file)}"); paths are relative to the folder of the notebook or to where the script was started`,
  );
}
