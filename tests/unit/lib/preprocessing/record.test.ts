import { describe, expect, it } from 'vitest';
import {
  Dataset,
  oneHotEncoder,
  ordinalEncoder,
  plan,
  provenance,
  Recorder,
  simpleImputer,
  standardScaler,
  vocabulary,
} from 'stemma';

describe('the record of a fit', () => {
  it('has what was fitted, what was learned, and who uses it', async () => {
    const rows = Dataset.fromArray([{ age: 20 }, { age: 40 }], 'Ages');
    const scaler = await standardScaler('age').fit(rows, 'Fit the ages');
    await rows.map(scaler, 'Scale').count();
    const { processes, artifacts } = provenance.document();
    const [fit, map] = ['Fit the ages', 'Scale'].map((label) => processes.find((one) => one.label === label)!);
    expect(fit).toMatchObject({
      kind: 'fit',
      role: 'sink',
      options: { estimator: 'standardScaler', columns: ['age'], withMean: true, withStd: true },
    });
    expect(map).toMatchObject({
      uses: fit!.outputs,
      options: { parameters: { withMean: true, withStd: true, columns: { age: { center: 30, scale: 10 } } } },
      code: { source: `standardScaler(['age'], { withMean: true, withStd: true })` },
    });
    const learned = artifacts.find(({ id }) => id === fit!.outputs[0])!;
    expect(learned.execution.samples[0]?.value).toMatchObject({ type: 'record' });
  });

  it('tells fits with other options apart, in one place, too', async () => {
    const rows = Dataset.fromArray([{ x: 1 }], 'Rows');
    for (const withStd of [true, false, true]) await standardScaler('x', { withStd }).fit(rows, 'In a loop');
    const fits = provenance.document().processes.filter(({ label }) => label === 'In a loop');
    expect(fits.map(({ options }) => options.withStd)).toEqual([true, false]);
  });

  it('has no text of the data where it is asked to have none', async () => {
    const learn = async (recorder: Recorder) =>
      recorder.run(async () => {
        const rows = Dataset.fromArray(
          [{ name: 'SECRETBOB' }, { name: 'SECRETEVE' }, { name: 'SECRETEVE' }],
          'Patients',
        );
        const tokens = rows.map(({ name }) => ({ name: [name] }));
        await rows.map(await oneHotEncoder('name').fit(rows)).count();
        await rows.map(await ordinalEncoder('name').fit(rows)).count();
        await rows
          .map(await simpleImputer('name', { strategy: 'mostFrequent' }).fit(rows))
          .map(() => 0)
          .count();
        await tokens.map(await vocabulary('name').fit(tokens)).count();
        return JSON.stringify(recorder.document());
      });
    expect(await learn(new Recorder())).toContain('SECRETBOB');
    expect(await learn(new Recorder({ samples: false }))).not.toContain('SECRET');
    expect(await learn(new Recorder({ redact: () => '…' }))).not.toContain('SECRET');
  });

  it('stays small, however much was learned', async () => {
    const words = Array.from({ length: 5000 }, (_, i) => `word${i}`);
    const fitted = await vocabulary('words').fit(Dataset.fromArray([{ words }], 'Text'));
    const { processes } = plan(Dataset.fromArray([{ words }]).map(fitted, 'Number'));
    const { parameters } = processes.find(({ label }) => label === 'Number')!.options as { parameters: never };
    expect(parameters).toMatchObject({ columns: { words: { tokens: 5002 } } });
    expect(JSON.stringify(parameters).length).toBeLessThan(2000);
    expect(JSON.stringify(fitted).length).toBeGreaterThan(40_000);
  });
});
