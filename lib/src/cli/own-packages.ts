import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The packages that this command brings, for a module in a folder that has none: one who installed the command need not
 * install the library again in each project. Entry point → file; empty where the module finds `stemma` by itself, which
 * then wins.
 */
export function ownPackages(module: string): Record<string, string> {
  const own = createRequire(module);
  const files: Record<string, string> = {};
  for (const name of ['stemma', 'stemma-document', 'stemma-monitor']) {
    if (find(own, name) !== null) continue;
    const about = find(require, `${name}/package.json`);
    if (about === null) continue;
    const { exports } = JSON.parse(readFileSync(about, 'utf8')) as { exports: { [entry: string]: unknown } };
    for (const entry of Object.keys(exports)) {
      const request = name + entry.slice(1);
      files[request] = require.resolve(request);
    }
  }
  return files;
}

function find(resolver: NodeJS.Require, request: string): string | null {
  try {
    return resolver.resolve(request);
  } catch {
    return null;
  }
}
