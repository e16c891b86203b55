import { statSync } from 'node:fs';
import * as path from 'node:path';
import { scan } from 'picomatch';
import { inWords } from '../../util/check';
import { checkFile } from '../file';
import { listFiles } from '../list-files';

/** One file, several in their order, or a pattern such as `data/*.csv`, whose files are read sorted by their paths. */
export type Files = string | readonly string[];

/**
 * The files that are meant, of which there is at least one.
 *
 * @throws if one is not there, or a pattern finds nothing.
 */
export function filesOf(given: Files, kind: string): string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) throw new Error(`${kind} has nothing to read: expected at least one file, got an empty list`);
  return list.flatMap((entry) => {
    if (typeof entry !== 'string')
      throw new TypeError(`invalid file of ${kind}: expected a path, or a list of paths, got ${inWords(entry)}`);
    if (isPattern(entry)) return matches(entry, kind);
    checkFile(entry, kind);
    return [entry];
  });
}

/** `people.csv`, `*.csv`, `a.csv and 2 more`. */
export function nameOfFiles(given: Files): string {
  const [first, ...rest] = [given].flat();
  const name = path.basename(first!);
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

/** A file may be called `data[1].csv`. */
const isPattern = (entry: string): boolean =>
  scan(entry).isGlob && statSync(entry, { throwIfNoEntry: false }) === undefined;

function matches(pattern: string, kind: string): string[] {
  const { base, glob } = scan(pattern);
  const folder = base === '' ? '.' : base;
  const { files, unreadable } = listFiles(folder, `${kind} "${pattern}"`, {
    recursive: glob.includes('/') || glob.includes('**'),
    glob: [glob],
  });
  if (unreadable.length > 0)
    throw new Error(`${kind} "${pattern}" cannot read ${unreadable.join('; ')} (in "${path.resolve(folder)}")`);
  if (files.length > 0) return files;
  throw new Error(
    `${kind} found no file that matches "${pattern}" (looked for in "${path.resolve(folder)}"); ` +
      'paths are relative to the folder of the notebook or to where the script was started',
  );
}
