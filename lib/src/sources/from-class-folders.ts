import * as path from 'node:path';
import { listFolder } from './from-folder';

/** The names of the folders in `folder`, sorted: numbers by value, all else by code unit. */
export function classNames(folder: string): string[] {
  const names = listFolder(folder, false, 'fromClassFolders')
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort(byNumberThenText);
  if (names.length === 0)
    throw new Error(
      `fromClassFolders found no folders in "${folder}" ("${path.resolve(folder)}"); it needs one for each class`,
    );
  return names;
}

function byNumberThenText(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
