/**
 * `npm run wheel`: the Python package of panel, kernel and command, as sdist and wheel in `.stemma/wheel/dist`. The
 * same commit gives the same bytes.
 */
import './support/node-version.mjs';
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { ensureBuilt } from './support/build-steps.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { root } from './support/paths.mjs';
import { ensurePythonPackages } from './support/python.mjs';
import { main, step } from './support/say.mjs';
import { buildWheel } from './support/wheel/build.mjs';

await main(async () => {
  await ensureNodePackages();
  await ensurePythonPackages('requirements');
  await ensureBuilt();
  for (const file of await buildWheel()) {
    step(`made ${relative(root, file)} (${(statSync(file).size / 1e6).toFixed(1)} MB)`);
  }
});
