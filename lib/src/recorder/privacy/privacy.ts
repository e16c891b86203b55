import { realpathSync } from 'node:fs';
import * as os from 'node:os';
import { setField } from '../../util/set-field';

/** How the URL of a thumbnail begins, which need not be searched. */
const IMAGE = 'data:image/';
const HOME = homePattern(homeFolders());

/** The home folder under each name that it may be met by. */
function homeFolders(): string[] {
  const home = os.homedir();
  let real = home;
  try {
    real = realpathSync(home);
  } catch {
    // A home that does not exist; its name still says who the user is.
  }
  const folders = [home, real].filter((folder) => folder.length > 1);
  // As written on Windows, in a URL, and in a string within a string.
  return folders.flatMap((folder) => [folder, folder.replace(/\\/g, '/'), folder.replace(/\\/g, '\\\\')]);
}

/** Whole folders only: neither the end of a longer path nor the beginning of a longer name. */
function homePattern(folders: readonly string[]): RegExp | null {
  if (folders.length === 0) return null;
  const names = [...new Set(folders)].sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\w.~-])(?:${escaped.join('|')})(?![\\w.-])`, process.platform === 'win32' ? 'gi' : 'g');
}

/**
 * A JSON value with the home folder as `~` in all of its texts, so that no record shows who the user is. Returns the
 * value itself where there is nothing to replace. Binary data are left alone.
 */
export function withoutHome<T>(value: T): T {
  if (HOME === null) return value;
  if (typeof value === 'string') return (value.startsWith(IMAGE) ? value : value.replace(HOME, '~')) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map(withoutHome);
    return items.every((item, index) => item === value[index]) ? value : (items as T);
  }
  let copy: { [name: string]: unknown } | null = null;
  for (const [name, member] of Object.entries(value)) {
    const cleanName = withoutHome(name);
    const clean = withoutHome(member as unknown);
    if (clean === member && cleanName === name) continue;
    copy ??= { ...(value as { [name: string]: unknown }) };
    if (cleanName !== name) delete copy[name];
    setField(copy, cleanName, clean);
  }
  return (copy ?? value) as T;
}

/** A folder's path without the home folder and without the user's name. */
export function anonymousFolder(folder: string): string {
  const name = userName();
  const parts = withoutHome(folder).split(/([\\/])/);
  return parts.map((part) => (name !== null && part === name ? '…' : part)).join('');
}

function userName(): string | null {
  try {
    return os.userInfo().username;
  } catch {
    return null;
  }
}
