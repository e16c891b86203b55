/** Makes sdist and wheel of the folder `extension`. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, stateFolder } from '../paths.mjs';
import { ensurePackaging } from '../python.mjs';
import { run } from '../run.mjs';
import { step } from '../say.mjs';
import { stage } from './stage.mjs';

/** Time stamps in archives begin in 1980; a fixed one keeps the bytes the same. 1 January 2026. */
const EPOCH = '1767225600';

const DIST = join(stateFolder, 'wheel', 'dist');

/** @returns {Promise<string[]>} the paths of wheel and sdist */
export async function buildWheel() {
  const python = await ensurePackaging();
  step('laying out the npm packages of kernel, command and monitor');
  await stage();
  step('building sdist and wheel (hatchling)');
  rmSync(DIST, { recursive: true, force: true });
  await run('hatchling', [python, '-m', 'hatchling', 'build', '-t', 'sdist', '-t', 'wheel', '-d', DIST], {
    cwd: inRoot('extension'),
    env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH },
  });
  return readdirSync(DIST).map((name) => join(DIST, name));
}
