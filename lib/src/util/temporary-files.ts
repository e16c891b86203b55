import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes the files of a folder that killed processes left: those with a name that `isOurs` knows to which nothing was
 * written for `ageMs`. A folder that cannot be read, and files that are gone meanwhile, do not matter.
 *
 * @throws if one cannot be removed.
 */
export async function removeStale(folder: string, isOurs: (name: string) => boolean, ageMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!isOurs(name)) continue;
    const file = join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > ageMs) await rm(file, { recursive: true, force: true });
  }
}

/**
 * Makes a new name in the folder survive a power cut; where a folder cannot be opened, as on Windows, the system has to
 * do without.
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
