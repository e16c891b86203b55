import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { FileHash } from 'stemma-document';
import { projectPath } from './project';

/** Those of npm, pnpm, Yarn and Bun. */
const NAMES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

/** It is read again only when it was written since. */
let known: { file: string; mtimeMs: number; size: number; hash: FileHash } | null = null;

/** The nearest lock file in `folder` or above: with it the same packages can be installed. Null where there is none. */
export function lockFile(folder: string): FileHash | null {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    for (const name of NAMES) {
      const found = hashOf(path.join(at, name));
      if (found !== null) return found;
    }
    if (path.dirname(at) === at) return null;
  }
}

function hashOf(file: string): FileHash | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) return null;
  const { mtimeMs, size } = stats;
  if (known?.file !== file || known.mtimeMs !== mtimeMs || known.size !== size) {
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    known = { file, mtimeMs, size, hash: { path: projectPath(file), sha256 } };
  }
  return known.hash;
}
