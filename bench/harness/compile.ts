import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths';

/** What is measured is what users run: the compiled library, as of now. */
export function compileLibrary(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-b', join(root, 'lib')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the library does not compile');
}
