import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { childrenFolder, root } from './paths';

/** What is measured is what users run: the compiled library, as of now. */
export function compileLibrary(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-b', join(root, 'lib')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the library does not compile');
}

/**
 * The programs of the variants' processes, as plain JavaScript: a loader of TypeScript in them would double what V8's
 * collector has to do in some. One folder below `bench`, as their sources are, so that paths from there stay what they
 * are.
 */
export async function compileChildren(): Promise<void> {
  await build({
    entryPoints: ['child', 'check-child'].map((name) => join(root, 'bench', 'harness', `${name}.ts`)),
    outdir: childrenFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    // Code compiled as CommonJS loads its packages by `require`.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    external: [join(root, 'examples', '*')],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
}
