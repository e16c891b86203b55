import { describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, inputsOf, type ProvenanceDocument, readDocument, Recorder } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { DvcProject } from './project';

const project = new DvcProject(temporaryFolder())
  .write({ 'data/digits/0/a.txt': '0a', 'data/digits/1/a.txt': '1a' })
  .add('data/digits');
let records = 0;

async function record(settings = {}): Promise<ProvenanceDocument> {
  const recorder = new Recorder(settings);
  await recorder.run(async () => {
    const classes = ['0', '1'].map((name) => Dataset.fromFolder(project.at('data/digits', name), `Load ${name}`));
    await Dataset.concat(...classes)
      .map(({ name }) => ({ name }), 'Name')
      .toJsonLines(project.at('names.jsonl'));
  });
  const path = `${project.folder}/${records++}.json`;
  await recorder.save(path);
  return readDocument(path);
}

const states = ({ processes, artifacts }: ProvenanceDocument): unknown[] => [
  ...processes.map(({ label, execution }) => [label, execution.files?.dvc?.state]),
  ...artifacts.flatMap(({ label, execution }) => (execution.written ?? []).map(({ dvc }) => [label, dvc?.state])),
];

describe('the record of a run', () => {
  it('says what DVC knows of what was read and written, and has the hashes that it had', async () => {
    const before = await record();
    const source = { file: 'data/digits.dvc', path: 'data/digits', state: 'same' };
    const written = { path: 'names.jsonl', within: '', state: 'untracked' };
    expect(before.processes[0]!.execution.files!.dvc).toMatchObject({ ...source, within: '0' });
    expect(before.processes[1]!.execution.files!.dvc).toMatchObject({ ...source, within: '1' });
    expect(before.artifacts.at(-1)!.execution.written![0]!.dvc).toEqual(written);

    project.write({ 'data/digits.dvc': 'outs: [' });
    const after = await record();
    expect(after.processes[0]!.execution.files!.dvc).toMatchObject({ state: 'unknown' });
    expect(canonicalHash(after)).toBe(canonicalHash(before));
    expect(inputsOf(after).hash).toBe(inputsOf(before).hash);
  });

  it('does not where the digests of inputs are off', async () => {
    const all = states(await record({ inputs: false }));
    expect(all.length).toBeGreaterThan(4);
    expect(all.every((one) => (one as unknown[])[1] === undefined)).toBe(true);
  });
});
