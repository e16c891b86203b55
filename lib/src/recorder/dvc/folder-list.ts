import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { Digests } from '../../util/file-hash';
import { folderDigests } from '../../util/folder-digest';
import { cacheOf } from './project';
import { type Members, objectsOf, textOf } from './read-yaml';
import type { TrackedOutput } from './tracked-outputs';

/** The MD5 of each file of a tracked folder, by its path from there. */
export type FolderList = ReadonlyMap<string, string>;

/** As a folder's hash is written: nothing else may lead to a file. */
const HASH = /^([0-9a-f]{2})([0-9a-f]{30}\.dir)$/;
/** A folder is hashed for its state alone up to this size. */
const MOST_BYTES = 1024 ** 3;

let latest: { file: string; list: FolderList } | null = null;

/** The list that DVC has made of a tracked folder; null where it is not in the cache here. */
export function folderList({ entries, md5 = '', isLegacy }: TrackedOutput, project: string): FolderList | null {
  if (entries !== undefined) return listOf(entries);
  const [, first, rest] = HASH.exec(md5) ?? [];
  if (first === undefined || rest === undefined) return null;
  const file = path.join(cacheOf(project), ...(isLegacy ? [] : ['files', 'md5']), first, rest);
  if (latest?.file === file) return latest.list;
  if (!existsSync(file)) return null;
  // Named by its contents, it never changes.
  const list = listOf(objectsOf(JSON.parse(readFileSync(file, 'utf8'))));
  latest = { file, list };
  return list;
}

const listOf = (entries: readonly Members[]): FolderList =>
  new Map(entries.map(({ relpath, md5 }) => [textOf(relpath) ?? '', textOf(md5) ?? '']));

/** The hash of a whole folder as it is now; null where it is too large for that. */
export function hashFolder(folder: string, digestsOf: (file: string) => Digests): string | null {
  const files = filesOf(folder);
  const bytes = files.reduce((total, file) => total + statSync(file).size, 0);
  if (bytes > MOST_BYTES) return null;
  return folderDigests(
    files.map((file) => ({ path: path.relative(folder, file).split(path.sep).join('/'), ...digestsOf(file) })),
  ).md5;
}

/** All files of a folder; of a file, that. */
export function filesOf(target: string): string[] {
  if (!statSync(target).isDirectory()) return [target];
  const all = readdirSync(target, { recursive: true, encoding: 'utf8' });
  return all.map((name) => path.join(target, name)).filter((file) => statSync(file).isFile());
}
