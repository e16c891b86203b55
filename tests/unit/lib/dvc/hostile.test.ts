import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder';
import { DvcProject } from './project';

const root = temporaryFolder();
let projects = 0;
const project = (): DvcProject => new DvcProject(`${root}/${projects++}`).write({ 'data/x/a.txt': 'a' });
const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(', ')}]`).join('\n')}\n`;

describe('a file that looks like one of DVC', () => {
  it.each([
    ['an alias bomb', bomb],
    ['no YAML', 'outs: [}'],
    ['bytes', '\u0000\u0001\u0002'],
    ['a list', '- a\n- b\n'],
    ['nothing', ''],
    ['brackets without end', '['.repeat(5_000)],
    ['too much', `# ${'x'.repeat(9 * 1024 ** 2)}\n`],
  ])('but holds %s makes the state unknown, with the file and a reason', (_, text) => {
    const facts = project().write({ 'data/x.dvc': text }).facts('data/x');
    expect(facts).toMatchObject({
      path: 'data/x',
      state: 'unknown',
      reason: expect.stringMatching(/^"data\/x\.dvc" cannot be read: ./),
    });
  });

  it('but is a folder or a FIFO makes it unknown, too', () => {
    const one = project();
    mkdirSync(one.at('data/y.dvc'));
    expect(one.facts('data/x')).toMatchObject({ state: 'unknown', reason: /not a file/ });
    const other = project();
    execFileSync('mkfifo', [other.at('data/y.dvc')]);
    expect(other.facts('data/x')).toMatchObject({ state: 'unknown', reason: /not a file/ });
  });

  it('but is broken is no matter where another one tracks the file', () => {
    expect(project().write({ 'data/y.dvc': '[' }).add('data/x').facts('data/x')).toMatchObject({ state: 'same' });
  });

  it.each([
    ['a number for a path', 'outs:\n- path: 7\n  md5: x\n', 'untracked'],
    ['a path out of the project', 'outs:\n- path: ../../../..\n  md5: x\n', 'untracked'],
    ['the names of an object', 'outs:\n- __proto__: {path: x}\n  constructor: x\n', 'untracked'],
    ['a hash that is a path', 'outs:\n- path: x\n  hash: md5\n  md5: ../../../../etc/passwd.dir\n', 'changed'],
    ['a number for a hash', 'outs:\n- path: x\n  md5: 12\n', 'unknown'],
  ])('with %s does no harm', (_, text, state) => {
    expect(project().write({ 'data/x.dvc': text }).facts('data/x')).toMatchObject({ state });
  });

  it('never ends a run, whatever is in it', () => {
    const one = project();
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => `outs: ${json}`),
      fc.json().map((json) => `outs:\n- path: x\n  hash: md5\n  md5: ${json}\n  files: ${json}`),
    );
    fc.assert(
      fc.property(text, (content) => {
        const facts = one.write({ 'data/x.dvc': content }).facts('data/x');
        expect(['same', 'changed', 'untracked', 'unknown']).toContain(facts?.state);
      }),
      { numRuns: 60 },
    );
  });
});
