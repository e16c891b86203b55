import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
mkdirSync(join(folder, 'live'));
writeFileSync(
  join(folder, 'train.mjs'),
  `import { Dataset } from 'stemma';
export default async ({ last = 0.25 }) => {
  const rows = await Dataset.range(8, 'Numbers')
    .map((n) => { if (n === 3) throw new Error('three'); return { n }; }, { identifier: 'Check', onError: 'skip' })
    .toJsonLines('rows.jsonl', { identifier: 'Write' });
  return { rows: rows.items, train: { loss: [1, 0.5, last] }, diverged: NaN };
};
`,
);
writeFileSync(
  join(folder, 'range.mjs'),
  "import { Dataset } from 'stemma';\nexport default () => Dataset.range(8, 'Numbers');\n",
);
writeFileSync(join(folder, 'words.mjs'), "export default () => ({ accuracy: 'good' });\n");

const stemma = (...args: string[]) =>
  spawnSync(process.execPath, [inRoot('lib', 'bin', 'stemma.mjs'), 'run', ...args], { cwd: folder, encoding: 'utf8' });
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the metrics of a run', () => {
  it('are what the pipeline returned and its counts, with each series as DVCLive has it, the same each time', () => {
    const run = () => stemma('train.mjs', '--seed', '1', '--metrics', 'live/metrics.json');
    const first = run();
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('metrics written to live/metrics.json') });
    const metrics = text('live/metrics.json');
    expect(JSON.parse(metrics)).toEqual({
      rows: 7,
      train: { loss: 0.25 },
      diverged: null,
      stemma: { items: { Check: 7, Numbers: 8, Write: 7 }, skipped: { Check: 1 } },
    });
    expect(text('live/plots/metrics/train/loss.tsv')).toBe('step\tloss\n0\t1\n1\t0.5\n2\t0.25\n');
    expect(run().status).toBe(0);
    expect(text('live/metrics.json')).toBe(metrics);
  });

  it('of a dataset are its counts', () => {
    expect(stemma('range.mjs', '--metrics', 'counts.json').status).toBe(0);
    expect(JSON.parse(text('counts.json'))).toEqual({ stemma: { items: { Numbers: 8, Run: 8 } } });
  });

  it('are printed where no file is named', () => {
    expect(stemma('train.mjs').stdout).toContain('metrics: {"rows":7,"train":{"loss":0.25},"diverged":null}');
  });

  it('are refused before the run where they would replace a file of the run, and after it where they are none', () => {
    const taken = stemma('range.mjs', '--metrics', 'range.mjs');
    expect(taken.stderr).toContain('cannot write the metrics to "range.mjs": "range.mjs" is another file of the run');
    expect(taken.status).not.toBe(0);
    const words = stemma('words.mjs', '--metrics', 'words.json');
    expect(words.stderr).toContain('expected a Dataset, what a sink that writes files returned, or metrics');
    expect(words.status).not.toBe(0);
  });
});

describe('a repository', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });

  it('is not dirty by what the run itself writes, but is by its code', () => {
    const run = (env = {}) => {
      const args = ['run', 'train.mjs', '-o', 'train.json', '--metrics', 'live/metrics.json', '-p'];
      const given = [...args, `last=${++runs}`];
      execFileSync(process.execPath, [inRoot('lib', 'bin', 'stemma.mjs'), ...given], {
        cwd: folder,
        env: { ...process.env, ...env },
      });
      return readDocument(join(folder, 'train.json')).environment.git;
    };
    let runs = 0;
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n*.provenance.json\n');
    writeFileSync(join(folder, 'dvc.lock'), '');
    git('init', '-q');
    run();
    git('add', '.');
    git('commit', '-qm', 'first');
    // As DVC does before a stage.
    for (const name of ['train.json', 'live', 'rows.jsonl']) rmSync(join(folder, name), { recursive: true });
    expect(run()).toMatchObject({ dirty: false });
    writeFileSync(join(folder, 'dvc.lock'), 'schema: 2\n');
    expect(run({ DVC_STAGE: 'train' })).toMatchObject({ dirty: false });
    expect(run()).toMatchObject({ dirty: true });
    git('checkout', 'dvc.lock');
    writeFileSync(join(folder, 'range.mjs'), 'export default 1;\n');
    expect(run()).toMatchObject({ dirty: true });
  });
});
