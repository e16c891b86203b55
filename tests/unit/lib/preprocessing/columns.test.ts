import { describe, expect, it } from 'vitest';
import { Dataset, dropColumns, plan, renameColumns, selectColumns } from 'stemma';

const never = (value: unknown) => value as never;
const rows = Dataset.fromArray([{ a: 1, b: 'x', c: true }], 'Rows');

describe('columns', () => {
  it('are chosen, left out and renamed, in order', async () => {
    const [selected] = await rows.map(selectColumns(['c', 'a'])).toArray();
    expect(Object.entries(selected!)).toEqual([
      ['c', true],
      ['a', 1],
    ]);
    expect(await rows.map(dropColumns(['a', 'c'])).toArray()).toEqual([{ b: 'x' }]);
    const [renamed] = await rows.map(renameColumns({ b: 'a', a: 'b' })).toArray();
    expect(Object.entries(renamed!)).toEqual([
      ['b', 1],
      ['a', 'x'],
      ['c', true],
    ]);
  });

  it('are in the record', () => {
    const { processes } = plan(rows.map(selectColumns('a')).map(renameColumns({ a: 'b' })));
    expect(processes.map(({ label, options, code }) => [label, options.parameters, code?.source])).toEqual([
      ['Rows', undefined, undefined],
      ['selectColumns', { columns: ['a'] }, `selectColumns({ columns: ['a'] })`],
      ['renameColumns', { names: { a: 'b' } }, `renameColumns({ names: { a: 'b' } })`],
    ]);
  });

  it('are never lost, and never missing without a word', async () => {
    await expect(rows.map(renameColumns({ a: 'b' })).toArray()).rejects.toThrow(
      'failed at item 0 (Rows item 0): invalid item of renameColumns: there is a column "b" already, which would be lost',
    );
    for (const missing of [selectColumns(never('z')), dropColumns(never('z')), renameColumns(never({ z: 'y' }))])
      await expect(rows.map(missing as never).toArray()).rejects.toThrow('expected a column "z", got "a", "b", "c"');
  });

  it.each<[() => unknown, string]>([
    [() => selectColumns([]), 'invalid columns of selectColumns'],
    [() => dropColumns(never([1])), 'invalid columns of dropColumns'],
    [() => renameColumns({}), 'invalid names of renameColumns'],
    [() => renameColumns({ a: 'c', b: 'c' }), 'expected a record of different new names by the old ones'],
    [() => renameColumns(never(['a', 'b'])), 'got a list'],
    [() => renameColumns(never(null)), 'got null'],
  ])('are refused where they are none: %s', (call, message) => {
    expect(call).toThrow(message);
  });
});
