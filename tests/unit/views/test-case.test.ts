import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { testCase } from '../../../views/src/model/test-case';
import { temporaryFolder } from '../../support/temporary-folder';
import { inSession, processOf } from '../document/in-session';

const NODE = process.execPath;

describe('a failure as a test case', () => {
  const folder = temporaryFolder();
  const testOf = async (check: (n: number) => unknown): Promise<string | null> => {
    const document = await inSession(() =>
      Dataset.range(20, 'Rows')
        .map(check, 'Check')
        .count()
        .catch(() => 0),
    );
    const process = processOf(document, 'Check');
    return testCase(process, process.execution.failure!);
  };

  it('is a program that fails as the step did', async () => {
    const text = await testOf((n) => {
      if (n === 17) throw new RangeError('row 17 is bad');
      return n;
    });
    const file = join(folder, 'case.test.mjs');
    writeFileSync(file, text!);
    const { status, stdout } = spawnSync(NODE, ['--test', '--test-reporter=tap', file], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain('not ok 1 - Check: row 17 is bad');
    expect(text).toContain('// item 17, Rows item 17');
    writeFileSync(file, text!.replace('const item = 17', 'const item = 16'));
    expect(spawnSync(NODE, ['--test', file]).status).toBe(0);
  });

  it('is a program also where the record has the beginning of the item alone', async () => {
    const document = await inSession(() =>
      Dataset.range(3, 'Rows')
        .map((n) => ({ n, text: 'long '.repeat(200) }), 'Long')
        .map(() => {
          throw new Error('bad');
        }, 'Check')
        .count()
        .catch(() => 0),
    );
    const process = processOf(document, 'Check');
    const text = testCase(process, process.execution.failure!)!;
    expect(text).toContain('// The record has no more of the item than this: {n: 0, text: "long');
    const file = join(folder, 'long.test.mjs');
    writeFileSync(file, text);
    expect(spawnSync(NODE, ['--check', file]).status).toBe(0);
  });

  it('is none without the function', async () => {
    const document = await inSession(() => Dataset.range(2, 'Rows').count());
    const failure = { name: 'Error', message: 'no', index: 0, origin: null, input: '1' };
    expect(testCase(processOf(document, 'Rows'), failure)).toBeNull();
  });
});
