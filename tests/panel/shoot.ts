/**
 * Draws the panel without JupyterLab and saves screenshots, to look at: `npx tsx tests/panel/shoot.ts [name …]`.
 * They go to tests/artefacts/panel/, which git ignores.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { Connection } from '../../extension/src/model/store';
import type { Tab } from '../../extension/src/model/ui-state';
import type { FixtureOptions } from './fixture';
import { startStand } from './stand';

interface Scene {
  name: string;
  theme: string;
  width: number;
  height?: number;
  connection?: Connection;
  show?: FixtureOptions[];
  stale?: boolean;
  /** Label and type of the selected node. */
  select?: [string, string?];
  open?: boolean;
  follow?: boolean;
  lineage?: boolean;
  cell?: string;
  search?: string;
  tab?: Tab;
  scroll?: number;
}

const out = inRoot('tests', 'artefacts', 'panel');
mkdirSync(out, { recursive: true });
const scenes = JSON.parse(readFileSync(inRoot('tests', 'panel', 'scenes.json'), 'utf8')) as Scene[];
const wanted = process.argv.slice(2);
const stand = await startStand();
for (const scene of scenes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)) {
  const page = await stand.open({ ...scene, scale: 2 });
  await page.evaluate(async (s) => {
    const { harness } = window;
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    if (s.connection) harness.store.setConnection(s.connection);
    for (const options of s.show ?? []) {
      harness.show(options);
      await pause(150);
    }
    if (s.stale) harness.store.markStale();
    await pause(400);
    if (s.select) harness.select(...s.select);
    if (s.follow) harness.ui.follow('data/digits/0/0000.png');
    if (s.lineage) harness.ui.lineage = true;
    if (s.cell) harness.ui.activeCell = s.cell;
    if (s.search) {
      document.querySelector('.stemma-Panel')?.dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
      const input = document.querySelector<HTMLInputElement>('.stemma-Search-input');
      if (input) {
        input.value = s.search;
        input.dispatchEvent(new Event('input'));
      }
    }
    if (s.tab) harness.ui.tab = s.tab;
    if (s.open) {
      harness.graph.refresh();
      harness.graph.toggle(harness.graph.foldOf(harness.ui.selected ?? '') ?? '');
    }
    await pause(500);
    const shown = document.querySelector('.stemma-Page:not([hidden])');
    if (s.scroll && shown) shown.scrollTop = s.scroll;
  }, scene);
  await page.screenshot({ path: `${out}/${scene.name}.png` });
  console.log(scene.name);
  await page.close();
}
await stand.close();
