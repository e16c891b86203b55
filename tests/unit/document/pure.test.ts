import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { inRoot } from '../../../scripts/support/paths.mjs';

it('the document runs in a browser: nothing of Node, of a page or of another package of ours is in it', async () => {
  const { metafile, warnings } = await build({
    entryPoints: [inRoot('document', 'src', 'index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  const packages = Object.keys(metafile.inputs).map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/')[0],
  );
  expect(new Set(packages)).toEqual(new Set(['document', '@noble/hashes', 'diff']));
});
