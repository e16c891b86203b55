import { createRequire } from 'node:module';
import * as path from 'node:path';

/** Loads a package that only some need, as the user's project has it or as the library finds it. */
export function loadPeer<T>(name: string, purpose: string): T {
  for (const from of [path.join(process.cwd(), 'noop.js'), __filename]) {
    const load = createRequire(from);
    try {
      load.resolve(name);
    } catch {
      continue;
    }
    return load(name) as T;
  }
  throw new Error(`${purpose} needs the package ${name}, which is not installed; install it with: npm install ${name}`);
}
