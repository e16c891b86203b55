import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../scripts/support/paths.mjs';

const page = readFileSync(inRoot('docs', 'dependencies.md'), 'utf8');

/** Families that the page treats as one. */
const families: [RegExp, string][] = [
  [/^@jupyterlab\//, '@jupyterlab/\\*'],
  [/^@lumino\//, '@lumino/\\*'],
  [/^@types\/d3-/, 'd3-'],
];

describe.each([
  'package.json',
  'lib/package.json',
  'kernel-bridge/package.json',
  'views/package.json',
  'extension/package.json',
  'monitor/package.json',
  'docs/package.json',
])('%s', (file) => {
  it('has no dependency without a word about why', () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(inRoot(file), 'utf8'));
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('stemma'));
    const unexplained = names.filter((name) => {
      const known = families.find(([pattern]) => pattern.test(name))?.[1] ?? name;
      return !page.includes(known);
    });
    expect(unexplained).toEqual([]);
  });
});
