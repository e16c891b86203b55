import { isHidden } from './hidden';
import type { WantedFiles } from './list-files';
import { type Entry, listFolder } from './list-folder';

/** Why there is no wanted file in a folder, and which options would change it. */
export function whyEmpty(folder: string, who: string, wanted: WantedFiles): string {
  const { visible, hidden, folders } = lookInto(folder, who, wanted);
  const ways = folders.length === 0 ? [] : [`recursive: true for what is in its folders (${some(folders)})`];
  if (visible.length === 0 && hidden.length > 0) ways.push(`hidden: true for its hidden files (${some(hidden)})`);
  ways.push('allowEmpty: true where there may be none');
  return `${describe(visible, wanted)}; pass ${ways.join(', or ')}`;
}

/** What there is in a folder that has no wanted file, e.g. `none of its 3 files matches *.csv: a.txt, b.txt, c.txt`. */
export const whatIsThere = (folder: string, who: string, wanted: WantedFiles): string =>
  describe(lookInto(folder, who, wanted).visible, wanted);

interface Content {
  visible: Entry[];
  hidden: Entry[];
  /** Those that were not looked into. */
  folders: Entry[];
}

function lookInto(folder: string, who: string, { recursive, hidden = false }: WantedFiles): Content {
  const { entries } = listFolder(folder, who, { recursive, skips: () => false });
  const isSeen = ({ within }: Entry): boolean => hidden || !within.split('/').some(isHidden);
  const files = entries.filter(({ isFolder }) => !isFolder);
  return {
    visible: files.filter(isSeen),
    hidden: files.filter((file) => !isSeen(file)),
    folders: recursive ? [] : entries.filter((entry) => entry.isFolder && isSeen(entry)),
  };
}

function describe(files: readonly Entry[], { extensions, glob }: WantedFiles): string {
  if (files.length === 0) return 'it has no files';
  const none = (verb: string, third: string): string =>
    files.length === 1 ? `its only file does not ${verb}` : `none of its ${files.length} files ${third}`;
  if (glob !== undefined) return `${none('match', 'matches')} ${glob.join(' or ')}: ${some(files)}`;
  return `${none('end', 'ends')} in ${(extensions ?? []).join(' or ')}: ${some(files)}`;
}

const MAX_NAMED = 3;

function some(entries: readonly Entry[]): string {
  const named = entries.slice(0, MAX_NAMED).map(({ within }) => within);
  return named.join(', ') + (entries.length > MAX_NAMED ? ` and ${entries.length - MAX_NAMED} more` : '');
}
