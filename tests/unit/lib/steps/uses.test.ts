import { describe, expect, it } from 'vitest';
import { Dataset, Recorder } from 'stemma';

/** Labels of what the operation of this label uses. */
function used(recorder: Recorder, label: string): string[] {
  const { processes, artifacts } = recorder.document();
  const { uses } = processes.find((one) => one.label === label)!;
  return uses.map((id) => artifacts.find((artifact) => artifact.id === id)!.label);
}

describe('what uses takes', () => {
  const recorder = new Recorder();
  const rows = recorder.run(() => Dataset.fromArray([{ age: 30.5 }, { age: 40.25 }], 'Rows'));
  const use = (value: unknown, label: string): string[] => {
    rows.map((row) => row, { identifier: label, uses: [value] });
    return used(recorder, label);
  };

  it('are results, their parts, and numbers in them', async () => {
    const stats = await rows.statistics('Stats');
    const list = await rows.toArray('List');
    expect(use(stats, 'whole')).toEqual(['Stats']);
    expect(use(stats.fields['age'], 'part')).toEqual(['Stats']);
    expect(use(stats.fields['age']!.numbers!.mean, 'number')).toEqual(['Stats']);
    expect(use(list[1], 'item')).toEqual(['List']);
  });

  it('is the number that a reduction returned', async () => {
    expect(use(await rows.reduce((sum, { age }) => sum + age, 0.125, 'Sum'), 'a sum')).toEqual(['Sum']);
  });

  it('are named values', () => {
    const threshold = recorder.value('Threshold', 0.375);
    const options = recorder.value('Options', { depth: 5 });
    expect(use(threshold, 'a number')).toEqual(['Threshold']);
    expect(use(options, 'a record')).toEqual(['Options']);
    expect(recorder.document().processes.find(({ label }) => label === 'Threshold')).toMatchObject({
      kind: 'value',
      options: { value: 0.375 },
      execution: { state: 'complete' },
    });
  });

  it('are made of others', async () => {
    const total = await rows.reduce((sum, { age }) => sum + age, 0.0625, 'Total');
    const half = recorder.value('Half', total / 2, { uses: [total] });
    expect(used(recorder, 'Half')).toEqual(['Total']);
    expect(use(half, 'halves')).toEqual(['Half']);
    expect(recorder.document().processes.find(({ label }) => label === 'Half')!.options).toEqual({});
  });

  it('is not what nobody can find, or in several results', () => {
    expect(() => use(77, 'unknown')).toThrow('got 77; name another value by provenance.value(label, value)');
    recorder.value('One', 9.5);
    recorder.value('Other', 9.5);
    expect(() => use(9.5, 'several')).toThrow(
      '9.5 is in the results of "Other" and "One"; give the promise or the object',
    );
  });

  it('is not the result of another recorder', async () => {
    const other = new Recorder();
    const value = other.value('Elsewhere', { depth: 1 });
    expect(() => use(value, 'another')).toThrow('got the result of a run of another recorder');
  });
});
