import * as path from 'node:path';

/** The path of a file or folder from `folder` on, empty for that itself; null where it is not in it. */
export function within(folder: string, file: string): string | null {
  const way = path.relative(folder, file);
  return way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way) ? null : way;
}
