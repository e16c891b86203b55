import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The folder of the DVC project that a file or folder is in; null where there is none. */
export function dvcProject(target: string): string | null {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.dvc', 'config'))) return folder;
    if (path.dirname(folder) === folder) return null;
  }
}

/** Where a project's cache is, as far as its own configuration says. */
export function cacheOf(project: string): string {
  const own = path.join(project, '.dvc');
  for (const name of ['config.local', 'config']) {
    const folder = cacheIn(path.join(own, name));
    if (folder !== null) return path.resolve(own, folder);
  }
  return path.join(own, 'cache');
}

function cacheIn(config: string): string | null {
  if (!existsSync(config)) return null;
  const section = /^[ \t]*\[cache\][ \t]*$([^[]*)/m.exec(readFileSync(config, 'utf8'))?.[1] ?? '';
  return /^[ \t]*dir[ \t]*=[ \t]*["']?(.+?)["']?[ \t\r]*$/m.exec(section)?.[1] ?? null;
}

/** From the project's folder on, with slashes. */
export const inProject = (project: string, target: string): string =>
  path.relative(project, target).split(path.sep).join('/');
