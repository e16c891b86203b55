import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, Recorder } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'model.bin');
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
writeFileSync(file, 'weights');

describe('provenance.output', () => {
  it('names a file that other code wrote, and what it was made of', async () => {
    const recorder = new Recorder();
    const count = await recorder.run(() => Dataset.range(3)).toArray();
    const named = await recorder.output(file, { uses: [count] });
    expect(named).toEqual({
      path: file,
      files: 1,
      bytes: 7,
      sha256: hash('sha256', 'weights'),
      md5: hash('md5', 'weights'),
    });
    const { processes, artifacts, runs } = recorder.document();
    const process = processes.find(({ kind }) => kind === 'output')!;
    expect(process).toMatchObject({
      role: 'sink',
      label: 'model.bin',
      inputs: [],
      options: { path: file },
      execution: { state: 'complete' },
    });
    expect(process.uses).toEqual([artifacts.find(({ kind }) => kind === 'value')!.id]);
    const artifact = artifacts.find(({ kind }) => kind === 'file')!;
    expect(artifact).toMatchObject({ producer: process.id, execution: { items: 0, written: [named] } });
    expect(runs.at(-1)).toMatchObject({ sink: process.id, state: 'complete' });
    await recorder.run(() =>
      Dataset.range(1)
        .map((n) => n, { uses: [named] })
        .count(),
    );
    expect(recorder.document().processes.find(({ kind }) => kind === 'map')!.uses).toEqual([artifact.id]);
  });

  it('has the hashes that toFolder has of the same files', async () => {
    const written = await Dataset.fromArray(['a', 'b']).toFolder(join(folder, 'out'), { name: (_, i) => `x/${i}.txt` });
    mkdirSync(join(folder, 'out', 'empty'));
    const { items, ...digests } = written;
    expect(items).toBe(2);
    expect(await new Recorder().output(join(folder, 'out'))).toEqual(digests);
  });

  it('records a failure where there is no such file', async () => {
    const recorder = new Recorder();
    const missing = join(folder, 'missing');
    await expect(recorder.output(missing)).rejects.toThrow(
      `cannot name the output "${missing}": there is no such file or folder`,
    );
    expect(recorder.document().processes[0]!.execution).toMatchObject({ state: 'failed', failure: { index: null } });
    await expect(recorder.output('')).rejects.toThrow('invalid path of output: expected a path, got ""');
    await expect(recorder.output(file, { uses: [5] })).rejects.toThrow('invalid uses');
    await expect(recorder.output(file, { samples: true } as never)).rejects.toThrow(
      'unknown option "samples" of output',
    );
  });

  it('only hashes where nothing is recorded', async () => {
    const recorder = new Recorder({ recording: false });
    expect(await recorder.output(file)).toMatchObject({ bytes: 7 });
    expect(recorder.document().processes).toEqual([]);
  });
});
