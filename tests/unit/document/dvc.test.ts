import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDvc, dvcCommand, type DvcFacts } from 'stemma-document';

const NOTED = { file: 'data/x.dvc', path: 'data/x', within: '', md5: 'ab' };
const STAGE = { ...NOTED, file: 'dvc.lock', stage: 'prepare' };

describe('what DVC knows of a file', () => {
  it.each<[DvcFacts, string, string | null]>([
    [{ ...NOTED, within: '3', state: 'same' }, 'data/x/3 is as data/x.dvc has it', null],
    [{ ...NOTED, state: 'changed' }, 'data/x differs from data/x.dvc', 'dvc add data/x'],
    [
      { ...NOTED, state: 'changed', changed: [{ path: '3/a.png', how: 'modified' }], changes: 1200 },
      'data/x differs from data/x.dvc (3/a.png modified and 1,199 more)',
      'dvc add data/x',
    ],
    [{ ...NOTED, state: 'changed', import: {} }, 'data/x differs from data/x.dvc', 'dvc checkout data/x.dvc'],
    [{ ...STAGE, state: 'changed' }, 'data/x differs from stage "prepare" in dvc.lock', 'dvc repro prepare'],
    [
      { ...STAGE, file: 'sub/dvc.lock', state: 'changed' },
      'data/x differs from stage "prepare" in sub/dvc.lock',
      'dvc repro sub/dvc.yaml:prepare',
    ],
    [
      { path: 'x', within: '', file: 'dvc.yaml', stage: 'prepare', state: 'unknown', reason: 'it has not run' },
      'whether x is as stage "prepare" in dvc.yaml has it is unknown: it has not run',
      'dvc repro prepare',
    ],
    [{ path: 'x', within: '', state: 'untracked' }, 'x is not tracked by DVC', 'dvc add x'],
    [
      { path: 'x', within: '', state: 'untracked', reason: 'git tracks it' },
      'x is not tracked by DVC: git tracks it',
      null,
    ],
    [{ ...STAGE, state: 'unknown' }, 'whether data/x is as stage "prepare" in dvc.lock has it is unknown', null],
    [{ ...NOTED, state: 'of the future' }, 'whether data/x is as data/x.dvc has it is unknown', null],
  ])('%j', (facts, text, command) => {
    expect(describeDvc(facts)).toBe(text);
    expect(dvcCommand(facts)).toBe(command);
  });

  it('leads to a command in which a shell reads any path as one word', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom(...`ab '"$\`\\;&|*?~#!-\n()<>é`) }), { minLength: 12 });
    fc.assert(
      fc.property(words, (paths) => {
        const given = paths.filter((path) => path !== '');
        const commands = given.map((path) => dvcCommand({ path, within: '', state: 'untracked' })!);
        const script = commands.map((command) => `printf '%s\\0' ${command.slice('dvc add '.length)}`).join('\n');
        const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
        expect(read).toEqual(given.map((path) => (path.startsWith('-') ? `./${path}` : path)));
      }),
      { numRuns: 15 },
    );
  });
});
