import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { scan } from 'picomatch';
import { checkPath } from '../../util/check';
import { placeToRead } from '../../util/repetition';
import { checkFile } from '../file';
import { OPERATION_OPTIONS, type OperationOptions } from '../../graph/operation-options';
import type { OptionTypes } from '../../util/options';
import { listFiles } from '../list-files';
import { whatIsThere } from '../why-empty';

/** One file, several in their order, or a pattern such as `data/*.csv`, whose files are read sorted by their paths. */
export type Files = string | readonly string[];

/** The options of all sources that read `Files`. */
export interface FilesOptions extends OperationOptions {
  /** Whether a pattern may match no file, or a list be empty. Default false: an error. */
  allowEmpty?: boolean;
}

export const FILES_OPTIONS: OptionTypes<FilesOptions> = { ...OPERATION_OPTIONS, allowEmpty: 'boolean' };

/**
 * The files that are meant, of which there is at least one unless there may be none.
 *
 * @throws if one is not there, or a pattern finds nothing.
 */
export function filesOf(given: Files, kind: string, allowEmpty = false): string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0 && !allowEmpty)
    throw new Error(
      `${kind} has nothing to read: expected at least one file, got an empty list; pass allowEmpty: true where there may be none`,
    );
  return list.flatMap((entry) => {
    const file = placeToRead(checkPath(entry, `file of ${kind}`, 'a path, or a list of paths'));
    if (isPattern(file)) return matches(file, kind, allowEmpty);
    checkFile(file, kind);
    return [file];
  });
}

/** `people.csv`, `*.csv`, `a.csv and 2 more`. */
export function nameOfFiles(given: Files): string {
  const [first, ...rest] = [given].flat();
  if (first === undefined) return 'no files';
  const name = path.basename(first);
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

/** A file may be called `data[1].csv`. */
const isPattern = (entry: string): boolean =>
  scan(entry).isGlob && statSync(entry, { throwIfNoEntry: false }) === undefined;

function matches(pattern: string, kind: string, allowEmpty: boolean): string[] {
  const { base, glob } = scan(pattern);
  const folder = base === '' ? '.' : base;
  const who = `${kind} "${pattern}"`;
  const wanted = { recursive: glob.includes('/') || glob.includes('**'), glob: [glob] };
  if (allowEmpty && !existsSync(folder)) return [];
  const { files, unreadable } = listFiles(folder, who, wanted);
  if (unreadable.length > 0)
    throw new Error(`${who} cannot read ${unreadable.join('; ')} (in "${path.resolve(folder)}")`);
  if (files.length > 0 || allowEmpty) return files;
  throw new Error(
    `${kind} found no file that matches "${pattern}" (looked for in "${path.resolve(folder)}"): ` +
      `${whatIsThere(folder, who, wanted)}; pass allowEmpty: true where there may be none; ` +
      'paths are relative to the folder of the notebook or to where the script was started',
  );
}
