import { existsSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { checkPath } from '../util/check';
import { placeToRead } from '../util/repetition';
import { isHidden } from './hidden';
import { type Entry, listFolder } from './list-folder';

/**
 * The folders in `folder`, and those that links in it lead to, sorted by name: numbers by value, all else by code unit.
 * A label is its folder's name in the normal form NFC.
 *
 * @throws if there are none, or a class would be missing, since a link leads nowhere or is a text file.
 */
export function classFolders(given: string, hidden = false): { label: string; path: string }[] {
  const folder = placeToRead(checkPath(given, 'folder of fromClassFolders'));
  const skips = (name: string): boolean => !hidden && isHidden(name);
  const { entries, unreadable } = listFolder(folder, 'fromClassFolders', { recursive: false, skips });
  if (unreadable.length > 0)
    throw new Error(
      `fromClassFolders cannot read ${unreadable.join('; ')} (in "${folder}"): a class may be missing; mend or remove it`,
    );
  const written = entries.find((entry) => !entry.isFolder && isWrittenLink(entry, folder));
  if (written !== undefined)
    throw new Error(
      `fromClassFolders found "${written.path}", a text file in place of a link to a folder, as Git writes links where the ` +
        'system has none: a class would be missing; put a link or the folder there',
    );
  const classes = entries
    .filter((entry) => entry.isFolder)
    .map(({ within, path }) => ({ label: within, path }))
    .sort((a, b) => byNumberThenText(a.label, b.label));
  if (classes.length === 0)
    throw new Error(
      `fromClassFolders found no folders in "${folder}" ("${path.resolve(folder)}"); it needs one for each class`,
    );
  const twice = classes.find(({ label }, i) => i > 0 && label === classes[i - 1]!.label);
  if (twice !== undefined)
    throw new Error(
      `fromClassFolders found two folders "${twice.label}" in "${folder}", whose names differ only in how Unicode writes them; rename one`,
    );
  return classes;
}

const MAX_LINK_BYTES = 1024;

function isWrittenLink({ path: file }: Entry, folder: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > MAX_LINK_BYTES) return false;
  const target = readFileSync(file, 'utf8');
  if (!target.includes('/') || /[\0\n]/.test(target)) return false;
  const found = path.resolve(folder, target);
  return existsSync(found) && statSync(found).isDirectory();
}

function byNumberThenText(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
