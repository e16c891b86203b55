import { type Dirent, readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { makeRe } from 'picomatch';
import { exactly } from '../graph/length';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { IndexedSource } from '../engine/source-stage';
import { sourceNode } from './source';
import type { OptionTypes } from '../util/options';

/** A file found in a folder. */
export interface FileRef {
  /** The folder as it was given, joined with the file's place in it. */
  path: string;
  /** The last part of the path. */
  name: string;
  /** Bytes; -1 where the file has gone since the folder was listed. */
  size: number;
}

/** Which files `Dataset.fromFolder` finds. */
export interface FolderOptions extends OperationOptions {
  /** Only files with one of these endings, e.g. `['.png', '.jpg']`; upper or lower case. Default: all files. */
  extensions?: readonly string[];
  /** Only files whose path in the folder matches one of these patterns, e.g. `**\/*.png`. Default: all files. */
  glob?: string | readonly string[];
  /** Folders within it too. Default: true with a `glob`, else false. Links to folders are not followed. */
  recursive?: boolean;
}

/** Their names, for `optionsOf`. */
export const FOLDER_OPTIONS: OptionTypes<FolderOptions> = {
  ...OPERATION_OPTIONS,
  extensions: 'list',
  glob: 'any',
  recursive: 'boolean',
};

/** The folder is listed at once, so that each iteration sees the same files and their number is known; sizes are read on the way. */
export function fromFolder(folder: string, options?: Options<FolderOptions>): Node {
  const given = optionsOf(options, 'fromFolder', FOLDER_OPTIONS);
  const extensions = given.extensions?.map(normalizeExtension);
  const recursive = given.recursive ?? given.glob !== undefined;
  const glob = given.glob === undefined ? undefined : [given.glob].flat();
  const files = listFiles(folder, { recursive, extensions, glob, label: given.identifier ?? 'fromFolder' });
  return sourceNode({
    kind: 'fromFolder',
    options: { identifier: path.basename(path.resolve(folder)), ...given },
    recorded: { path: folder, extensions: extensions ?? null, glob: glob ?? null, recursive, files: files.length },
    length: exactly(files.length),
    describe: (row) => files[row]!,
    open: (place, probe) => {
      const read = (first: number, count: number): FileRef[] => files.slice(first, first + count).map(fileRef);
      return new IndexedSource(files.length, read, place, probe);
    },
  });
}

/** `.png` for `png`, `*.PNG` and `.png`. */
function normalizeExtension(extension: string): string {
  const bare = extension.replace(/^\*/, '').toLowerCase();
  return bare.startsWith('.') ? bare : `.${bare}`;
}

function fileRef(file: string): FileRef {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: -1 };
  return { path: file, name: path.basename(file), size };
}

/** Sorted by the UTF-16 units of the path, whatever the language of the machine. */
function listFiles(
  folder: string,
  listing: { recursive: boolean; extensions?: string[]; glob?: string[]; label: string },
): string[] {
  const { recursive, extensions, glob, label } = listing;
  const patterns = glob?.map((pattern) => makeRe(pattern));
  const files: string[] = [];
  for (const entry of listFolder(folder, recursive, `fromFolder "${label}"`)) {
    if (extensions?.some((extension) => entry.name.toLowerCase().endsWith(extension)) === false) continue;
    const file = path.join(entry.parentPath, entry.name);
    const within = path.relative(folder, file).split(path.sep).join('/');
    if (patterns?.some((pattern) => pattern.test(within)) === false) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && statSync(file, { throwIfNoEntry: false })?.isFile()))
      files.push(file);
  }
  return files.sort();
}

/** The entries of a folder. One that cannot be listed is an error that says for whom, and where it was looked for. */
export function listFolder(folder: string, recursive: boolean, who: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'there is no such folder'
        : code === 'ENOTDIR'
          ? 'it is a file, not a folder'
          : (error as Error).message;
    throw new Error(
      `${who} cannot list "${folder}": ${reason} (looked for in "${path.resolve(folder)}"); ` +
        'paths are relative to the folder of the notebook or to where the script was started',
      { cause: error },
    );
  }
}
