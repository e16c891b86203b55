/**
 * Draws the panel without JupyterLab and saves screenshots, to look at: `npx tsx tests/panel/shoot.ts [name …]`.
 * They go to tests/artefacts/panel/, which git ignores.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { Scene } from './harness';
import { startStand, type PageOptions } from './stand';

const out = inRoot('tests', 'artefacts', 'panel');
mkdirSync(out, { recursive: true });
const scenes = JSON.parse(readFileSync(inRoot('tests', 'panel', 'scenes.json'), 'utf8')) as (Scene &
  PageOptions & { name: string })[];
const wanted = process.argv.slice(2);
const stand = await startStand();
for (const scene of scenes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)) {
  const page = await stand.open({ ...scene, scale: 2 });
  await page.evaluate((one) => window.harness.stage(one), scene);
  await page.screenshot({ path: `${out}/${scene.name}.png` });
  console.log(scene.name);
  await page.close();
}
await stand.close();
