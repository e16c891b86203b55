import { existsSync } from 'node:fs';
import * as path from 'node:path';

const MARKS = ['.git', 'package.json', 'pyproject.toml', 'dvc.yaml'];

/**
 * A file's path from the folder of its project, with slashes: the same on every machine, and without the folders above,
 * which often name a person. The project is the nearest folder above with a repository, else with a package; without
 * either the path is the file's name.
 */
export function projectPath(file: string): string {
  const found = locate(file);
  const folder = path.dirname(found);
  const root = projectFolder(folder) ?? folder;
  return path.relative(root, found).replace(/\\/g, '/');
}

/** Where a file is. Jupyter names a notebook from its server's folder, while kernels start in the notebook's. */
export function locate(file: string): string {
  const resolved = path.resolve(file);
  if (path.isAbsolute(file) || existsSync(resolved)) return resolved;
  const beside = path.resolve(path.basename(file));
  return existsSync(beside) ? beside : resolved;
}

/** The project that a folder is in; null where it is in none. */
export function projectFolder(folder: string): string | null {
  for (const mark of MARKS) {
    for (let at = folder; ; at = path.dirname(at)) {
      if (existsSync(path.join(at, mark))) return at;
      if (path.dirname(at) === at) break;
    }
  }
  return null;
}

/**
 * The script that Node was started with; null for a package's program, such as a test runner, and where there is none.
 */
export function mainScript(): string | null {
  const script = process.argv[1];
  if (script === undefined || /[\\/]node_modules[\\/]/.test(script) || !path.isAbsolute(script)) return null;
  return script;
}
