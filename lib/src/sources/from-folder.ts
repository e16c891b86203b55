import { statSync } from 'node:fs';
import * as path from 'node:path';
import { exactly } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { warn } from '../graph/warnings';
import type { Probe } from '../engine/probe';
import { IndexedSource, type SourcePlace } from '../engine/source-stage';
import { checkPath, checkTexts } from '../util/check';
import { placeToRead } from '../util/repetition';
import { listFiles, type WantedFiles } from './list-files';
import { type SourceDefinition, sourceNode } from './source';
import { whyEmpty } from './why-empty';
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

/** The options of `Dataset.fromFolder`. */
export interface FolderOptions extends OperationOptions {
  /** Only files with one of these extensions, such as `['.png', '.jpg']`; case does not matter. Default: all files. */
  extensions?: readonly string[];
  /** Only files whose path in the folder matches one of these patterns, such as `**\/*.png`. Default: all files. */
  glob?: string | readonly string[];
  /** Include subfolders, and folders that links lead to. Default: true with a `glob`, else false. */
  recursive?: boolean;
  /**
   * Include hidden files and folders (`.git`, `._1.jpg`, `.ipynb_checkpoints`) and those of systems (`Thumbs.db`,
   * `desktop.ini`, `__MACOSX`). Default false; a `glob` finds hidden ones that it names, as `.github/*` does.
   */
  hidden?: boolean;
  /** Whether the folder may have no such file. Default false: an error. */
  allowEmpty?: boolean;
}

/** Their names, for `optionsOf`. */
export const FOLDER_OPTIONS: OptionTypes<FolderOptions> = {
  ...OPERATION_OPTIONS,
  extensions: 'list',
  glob: 'any',
  recursive: 'boolean',
  hidden: 'boolean',
  allowEmpty: 'boolean',
};

/**
 * The folder is listed at once, so that each iteration sees the same files and their number is known; sizes are read on
 * the way.
 */
export function fromFolder(folder: string, options?: Options<FolderOptions>): Node {
  return listedFolder(folder, options)();
}

/** Lists the folder and checks the options; what it returns declares the source. */
export function listedFolder(given: string, options?: Options<FolderOptions>): () => Node {
  const folder = placeToRead(checkPath(given, 'folder of fromFolder'));
  const chosen = optionsOf(options, 'fromFolder', FOLDER_OPTIONS);
  const extensions =
    chosen.extensions && checkTexts(chosen.extensions, 'extensions of fromFolder').map(normalizeExtension);
  const recursive = chosen.recursive ?? chosen.glob !== undefined;
  const glob = chosen.glob === undefined ? undefined : checkTexts(chosen.glob, 'glob of fromFolder');
  const hidden = chosen.hidden ?? false;
  const who = `fromFolder "${chosen.identifier ?? 'fromFolder'}"`;
  const wanted = { recursive, extensions, glob, hidden };
  const { files, unreadable } = listFiles(folder, who, wanted);
  if (files.length === 0 && chosen.allowEmpty !== true)
    throw new Error(`${who} found no files in "${path.resolve(folder)}": ${noneOf(unreadable, folder, who, wanted)}`);
  const definition = {
    kind: 'fromFolder',
    options: { identifier: path.basename(path.resolve(folder)), ...chosen },
    recorded: {
      path: given,
      extensions: extensions ?? null,
      glob: glob ?? null,
      recursive,
      ...(hidden ? { hidden } : {}),
      ...(chosen.allowEmpty === true ? { allowEmpty: true } : {}),
      files: files.length,
    },
    files,
    length: exactly(files.length),
    describe: (row: number) => files[row]!,
    open: (place: SourcePlace, probe: Probe | null) => {
      const read = (first: number, count: number): FileRef[] => files.slice(first, first + count).map(fileRef);
      return new IndexedSource(files.length, read, place, probe);
    },
  } satisfies SourceDefinition;
  return () => {
    const node = sourceNode(definition);
    if (unreadable.length > 0) warn(node, warningOf(unreadable));
    return node;
  };
}

function noneOf(unreadable: readonly string[], folder: string, who: string, wanted: WantedFiles): string {
  return unreadable.length > 0 ? warningOf(unreadable) : whyEmpty(folder, who, wanted);
}

const MAX_NAMED = 5;

function warningOf(unreadable: readonly string[]): string {
  const named = unreadable.slice(0, MAX_NAMED).join('; ');
  const more = unreadable.length - MAX_NAMED;
  return `left out, because they cannot be read: ${named}${more > 0 ? `; and ${more} more` : ''}`;
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
