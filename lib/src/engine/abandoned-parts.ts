import { readdir, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';

/** A process that writes a cache touches its file many times a day. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/**
 * Removes what killed processes left of the same cache: `<file>.<uuid>.part` to which nothing was written for a day. What cannot be
 * removed stays; the next writer tries again.
 */
export async function removeAbandonedParts(file: string): Promise<void> {
  const [folder, base] = [path.dirname(file), path.basename(file)];
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${base}.`) || !name.endsWith('.part')) continue;
    const part = path.join(folder, name);
    const found = await stat(part).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(part, { force: true }).catch(() => undefined);
  }
}
