import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { isOwnFrame, shownFrames } from '../../../lib/src/util/own-frames';

const root = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

const OWN = [
  '    at cell-3.ts:2:1',
  '    at async load (/home/me/src/lib.ts:4:9)',
  '    at new Model (file:///home/me/m.mjs:1:2)',
];
const PACKAGE = ['    at max (/home/me/node_modules/d3/dist/d3.js:1:9)'];
const OTHERS = [
  '    at Array.map (<anonymous>)',
  '    at async Promise.all (index 0)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  `    at Dataset.map (${join(root('stemma'), 'dist', 'dataset', 'items.js')}:1:1)`,
  `    at Dataset.map (${join(root('stemma'), 'src', 'dataset', 'items.ts')}:1:1)`,
  `    at merge (file://${join(root('stemma-document'), 'dist', 'merge.js')}:1:1)`,
];

it("tells the user's own calls from those of built-ins, Node, Stemma and packages", () => {
  expect(OWN.filter(isOwnFrame)).toEqual(OWN);
  expect([...PACKAGE, ...OTHERS, 'Error: at home'].filter(isOwnFrame)).toEqual([]);
});

it('shows calls of packages only where no others are known, and of Stemma and Node never', () => {
  expect(shownFrames([...OTHERS, ...PACKAGE, ...OWN])).toEqual(OWN);
  expect(shownFrames([...OTHERS, ...PACKAGE])).toEqual(PACKAGE);
  expect(shownFrames(OTHERS)).toEqual([]);
});
