import * as path from 'node:path';
import { makeRe } from 'picomatch';
import { isHidden, namesHidden } from './hidden';
import { type Entry, listFolder } from './list-folder';

/** Which files of a folder are wanted. */
export interface WantedFiles {
  recursive: boolean;
  /** In lower case, with their points. */
  extensions?: readonly string[];
  /** Patterns of paths in the folder, of which one has to match. */
  glob?: readonly string[];
  hidden?: boolean;
}

/**
 * The paths of the files of a folder, sorted, and what could not be read of it.
 *
 * @throws if the folder cannot be listed; the error says for whom.
 */
export function listFiles(
  folder: string,
  who: string,
  { recursive, extensions, glob, hidden = false }: WantedFiles,
): { files: string[]; unreadable: string[] } {
  // Names are in NFC where they are compared.
  const patterns = glob?.map((pattern) => makeRe(pattern.normalize('NFC'), { dot: hidden }));
  const isWanted = (name: string, within: string): boolean =>
    extensions?.some((extension) => name.toLowerCase().endsWith(extension)) !== false &&
    patterns?.some((pattern) => pattern.test(within)) !== false;
  const named = glob?.some(namesHidden) === true;
  const skips = (name: string): boolean => !hidden && isHidden(name) && !(named && name.startsWith('.'));
  // What has no ending may be a folder.
  const isMissed = (name: string, within: string): boolean =>
    isWanted(name, within) || (recursive && path.extname(name) === '');
  const { entries, unreadable } = listFolder(folder, who, { recursive, skips, isMissed });
  const found = ({ name, within, isFolder }: Entry): boolean => !isFolder && isWanted(name, within);
  return { files: entries.filter(found).map((entry) => entry.path), unreadable };
}
