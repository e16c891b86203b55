import { type Dirent, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import * as path from 'node:path';

/** A file or folder below the folder that is listed. */
export interface Entry {
  name: string;
  /** The folder as it was given, joined with the entry's place in it. */
  path: string;
  /**
   * Its place in the folder, with `/` on every system, in the normal form NFC: macOS writes umlauts as two characters.
   */
  within: string;
  isFolder: boolean;
}

/** What is in a folder. */
export interface Listing {
  /** By `within`, in the order of UTF-16 units, whatever the system and its language. */
  entries: Entry[];
  /** What could not be read, e.g. `sub/x.png: a link to what is not there`. */
  unreadable: string[];
}

/** Which entries are wanted. */
export interface Wanted {
  /** In the folders within it, too. */
  recursive: boolean;
  /** What is left out, with all in it. */
  skips: (name: string) => boolean;
  /** Whether an entry that cannot be read is missed. */
  isMissed?: (name: string, within: string) => boolean;
}

/**
 * Files and folders; links count as what they lead to, sockets, pipes and devices do not count. A link to a folder that
 * it is in is not followed: what is there is listed already.
 *
 * @throws if the folder cannot be listed; the error says for whom, and where it was looked for.
 */
export function listFolder(folder: string, who: string, wanted: Wanted): Listing {
  const listing: Listing = { entries: [], unreadable: [] };
  try {
    walk({ path: folder, within: '', real: [realpathSync(folder)] }, listing, wanted);
  } catch (error) {
    throw new Error(
      `${who} cannot list "${folder}": ${reasonOf(error)} (looked for in "${path.resolve(folder)}"); ` +
        'paths are relative to the folder of the notebook or to where the script was started',
      { cause: error },
    );
  }
  listing.entries.sort((a, b) => (a.within < b.within ? -1 : a.within > b.within ? 1 : 0));
  return listing;
}

interface Place {
  path: string;
  within: string;
  /** Where it and the folders that lead to it really are. */
  real: readonly string[];
}

function walk(place: Place, listing: Listing, wanted: Wanted): void {
  const { entries, unreadable } = listing;
  for (const dirent of readdirSync(place.path, { withFileTypes: true })) {
    const { name } = dirent;
    if (wanted.skips(name)) continue;
    const file = path.join(place.path, name);
    const within = place.within + name.normalize('NFC');
    const miss = (reason: string): void => {
      if (wanted.isMissed?.(name, within) !== false) unreadable.push(`${within}: ${reason}`);
    };
    let kind: Dirent | Stats = dirent;
    if (dirent.isSymbolicLink() || name.includes('\uFFFD')) {
      try {
        kind = statSync(file);
      } catch (error) {
        miss(reasonOf(error, dirent));
        continue;
      }
    }
    if (kind.isFile()) entries.push({ name, path: file, within, isFolder: false });
    if (!kind.isDirectory()) continue;
    entries.push({ name, path: file, within, isFolder: true });
    if (!wanted.recursive) continue;
    try {
      const real = dirent.isSymbolicLink() ? realpathSync(file) : path.join(place.real.at(-1)!, name);
      if (!place.real.includes(real))
        walk({ path: file, within: `${within}/`, real: [...place.real, real] }, listing, wanted);
    } catch (error) {
      unreadable.push(`${within}: ${reasonOf(error)}`);
    }
  }
}

function reasonOf(error: unknown, entry?: Dirent): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return entry === undefined
      ? 'there is no such folder'
      : entry.isSymbolicLink()
        ? 'a link to what is not there'
        : 'its name is not UTF-8';
  if (code === 'ENOTDIR') return 'it is a file, not a folder';
  if (code === 'ELOOP') return 'a link that leads to itself';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return message;
}
