import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(folder, 'numbers.js'),
  `import { Dataset } from ${JSON.stringify(inRoot('lib', 'dist', 'index.js'))};
export default ({ broken = -1 }) =>
  Dataset.range(9, 'Numbers')
    .map((n) => { if (n === 2) throw new Error('odd'); return n; }, { identifier: 'Odd', onError: 'skip' })
    .map((n) => { if (n === broken) throw new RangeError('too high'); return n; }, 'Check');
`,
);

function stemma(...args: string[]): string {
  const main = inRoot('lib', 'bin', 'stemma.mjs');
  return spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8' }).stdout;
}

it('stemma show says which step failed, on which item, and what a run was given', () => {
  stemma('run', 'numbers.js', '-p', 'broken=5', '--seed', '7', '-o', 'failed.json');
  const shown = stemma('show', 'failed.json');
  expect(shown).toMatch(/^numbers\.js, parameter broken 5, seed 7, 1 run, /);
  expect(shown).toMatch(/^map "Check" failed at item 4 \(Numbers item 5\) at numbers\.js:5: too high$/m);
  expect(shown).toMatch(/│ items out │ skipped │ failed │/);
  expect(shown).toMatch(/│ map "Odd" +│ stopped +│ +\d+ │ +\d+ │ +1 │ +│/);
  expect(shown).toMatch(/│ map "Check" +│ failed +│ +\d+ │ +\d+ │ +│ +1 │/);
});

it('stemma diff names parameters that differ, though the definitions are the same', () => {
  stemma('run', 'numbers.js', '-p', 'broken=-3', '--seed', '7', '-o', 'a.json');
  stemma('run', 'numbers.js', '-p', 'broken=-4', 'more=[1]', '--seed', '7', '-o', 'b.json');
  expect(stemma('diff', 'a.json', 'b.json')).toMatch(
    /\nthe same definition\nthe inputs differ\nthe same output\nparameter broken: -3 before, -4 after\nparameter more: none before, \[1\] after\n$/,
  );
  expect(stemma('diff', 'a.json', 'a.json')).toMatch(
    /\nthe same definition\nthe same inputs, as far as they are known\nthe same output\n$/,
  );
});
