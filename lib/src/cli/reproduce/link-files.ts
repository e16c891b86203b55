import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, stat, symlink } from 'node:fs/promises';
import * as path from 'node:path';

/** What of a folder is wanted. */
export interface WantedLinks {
  /** How many levels of folders, the folder itself being one. */
  levels: number;
  /** Files and folders whose names begin with a point, too. */
  hidden: boolean;
}

/**
 * Puts links to files at another place. Folders are made, so that what is written into one stays out of the
 * original.
 */
export async function linkFiles(from: string, to: string, wanted: WantedLinks, above: string[] = []): Promise<void> {
  const real = await realpath(from);
  if (!(await stat(real)).isDirectory()) {
    await mkdir(path.dirname(to), { recursive: true });
    return existsSync(to) ? undefined : symlink(real, to);
  }
  await mkdir(to, { recursive: true });
  if (wanted.levels < 1 || above.includes(real)) return;
  for (const entry of await readdir(from)) {
    if (entry === 'node_modules' || (!wanted.hidden && entry.startsWith('.'))) continue;
    const [source, target] = [path.join(from, entry), path.join(to, entry)];
    if (!existsSync(source)) await symlink(source, target);
    else await linkFiles(source, target, { ...wanted, levels: wanted.levels - 1 }, [...above, real]);
  }
}
