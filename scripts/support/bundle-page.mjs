/** Bundles the monitor's page: the views, without JupyterLab. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

const source = inRoot('monitor', 'page');
const target = inRoot('monitor', 'dist', 'page');

export async function bundlePage() {
  // Imported late: this module is loaded before the npm packages are there.
  const { build } = await import('esbuild');
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: {
      page: join(source, 'main.ts'),
      'tidy-worker': inRoot('views', 'src', 'graph', 'tidy-worker.ts'),
      style: join(source, 'style.css'),
    },
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'eof',
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'icon.svg']) cpSync(join(source, file), join(target, file));
}
