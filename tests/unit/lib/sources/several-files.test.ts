import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
const b = file('parts/b.csv', 'x,y\n3,4\n');
const a = file('parts/a.csv', 'x,y\n1,2\n');
const folder = dirname(a);
const all = join(folder, '*.csv');
const rows = [
  { x: 1, y: 2 },
  { x: 3, y: 4 },
];

describe('several files', () => {
  it('are read in the order of their list, those of a pattern by their paths', async () => {
    expect(await Dataset.fromCsv(all).toArray()).toEqual(rows);
    expect(await Dataset.fromCsv([b, a]).toArray()).toEqual([...rows].reverse());
    expect(await Dataset.fromTextLines(all).toArray()).toEqual(['x,y', '1,2', 'x,y', '3,4']);
    const [one, two] = [file('json/1.jsonl', '{"a":1}'), file('json/2.jsonl', '{"a":2}\n')];
    expect(await Dataset.fromJsonLines(join(dirname(one), '*.jsonl')).toArray()).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await Dataset.fromJson([file('json/1.json', '[1,2]'), file('json/2.json', '[3]')]).toArray()).toEqual([
      1, 2, 3,
    ]);
    expect(await Dataset.fromJsonLines([two, one]).toArray()).toEqual([{ a: 2 }, { a: 1 }]);
  });

  it('are found in folders within folders', async () => {
    file('deep/one/1.txt', 'one');
    const path = file('deep/two/three/2.txt', 'two');
    const deep = join(dirname(path), '../..');
    expect(await Dataset.fromTextLines(join(deep, '**/*.txt')).toArray()).toEqual(['one', 'two']);
    expect(await Dataset.fromTextLines(join(deep, '*/*.txt')).toArray()).toEqual(['one']);
  });

  it('may have names that look like patterns', async () => {
    expect(await Dataset.fromTextLines(file('data[1].txt', 'one')).toArray()).toEqual(['one']);
  });

  it('are one process with the counts of all, and items that know their file', async () => {
    const ds = Dataset.fromCsv<{ x: number }>([a, b], 'Parts').map(({ x }) => {
      if (x === 3) throw new Error('three');
      return x;
    }, 'Check');
    await expect(ds.toArray()).rejects.toThrow(`map "Check" failed at item 1 (${b} line 2): three`);
    await Dataset.fromCsv([a, b], 'Counted').count();
    const { processes } = provenance.document();
    expect(processes.filter(({ label }) => label === 'Parts')).toHaveLength(1);
    const counted = processes.find(({ label }) => label === 'Counted')!;
    expect(counted.options).toMatchObject({ path: [a, b], files: 2 });
    expect(counted.execution.itemsOut).toBe(2);
  });

  it('have the same columns, or those that are asked for', async () => {
    const other = file('other.csv', 'y,x\n6,5\n');
    for (const files of [
      [a, other, b],
      [other, a, other],
    ])
      for (const options of [
        {},
        { columns: ['x', 'y'] },
        { types: { y: 'number' } as const },
        { types: 'text' } as const,
      ]) {
        const read = await Dataset.fromCsv<object>(files, options).toArray();
        const number = (n: number): unknown => (options.types === 'text' ? String(n) : n);
        const byFile = new Map([
          [a, { x: number(1), y: number(2) }],
          [b, { x: number(3), y: number(4) }],
          [other, { x: number(5), y: number(6) }],
        ]);
        expect(read).toEqual(files.map((one) => byFile.get(one)));
        const names = files[0] === a ? ['x', 'y'] : ['y', 'x'];
        expect(read.map((row) => Object.keys(row))).toEqual(read.map(() => names));
      }
    const [less, more, both] = [
      file('x.csv', 'x\n6\n'),
      file('xyz.csv', 'z,y,x\n1,2,3\n'),
      file('xz.csv', 'z,x\n1,3\n'),
    ];
    for (const [wrong, reason] of [
      [less, 'it lacks y (expected x, y, got x)'],
      [more, 'it has z, too (expected x, y, got z, y, x)'],
      [both, 'it lacks y and it has z, too (expected x, y, got z, x)'],
    ] as const)
      await expect(Dataset.fromCsv([a, wrong]).toArray()).rejects.toThrow(
        `${wrong} has other columns than ${a}: ${reason}; with columns: [...] only the named ones have to be in all files`,
      );
    await expect(Dataset.fromCsv([a, file('less.csv', 'y\n6\n')], { columns: ['x'] }).toArray()).rejects.toThrow(
      /less\.csv line 1: there is no column "x" \(there are y\)/,
    );
  });

  it('keep a missing field null and a bad row apart, whatever the order of the columns', async () => {
    const [first, second] = [file('order/1.csv', 'x,y,z\n1,,3\n'), file('order/2.csv', 'z,x,y\n,4,5\n6,7\n9,8,7\n')];
    const ds = Dataset.fromCsv([first, second], { onError: 'skip', identifier: 'Orders' });
    expect(await ds.toArray()).toEqual([
      { x: 1, y: null, z: 3 },
      { x: 4, y: 5, z: null },
      { x: 8, y: 7, z: 9 },
    ]);
  });

  it('have one type for a column', async () => {
    const text = file('text.csv', 'x,y\nthree,4\n');
    expect(await Dataset.fromCsv([a, text]).toArray()).toEqual([
      { x: '1', y: 2 },
      { x: 'three', y: 4 },
    ]);
  });

  it('that are not there are errors at once', () => {
    expect(() => Dataset.fromCsv(join(folder, '*.tsv'))).toThrow(
      /^fromCsv found no file that matches ".*\*\.tsv" \(looked for in/,
    );
    expect(() => Dataset.fromTextLines(join(folder, 'none/*'))).toThrow('there is no such folder');
    expect(() => Dataset.fromCsv([a, join(folder, 'c.csv')])).toThrow('there is no such file');
    expect(() => Dataset.fromCsv([])).toThrow(
      'fromCsv has nothing to read: expected at least one file, got an empty list',
    );
    expect(() => Dataset.fromCsv(folder)).toThrow('it is a folder, not a regular file');
    expect(() => Dataset.fromCsv(5 as never)).toThrow(
      'invalid file of fromCsv: expected a path, or a list of paths, got 5',
    );
  });

  it('name the file that is broken, after the items of those before', async () => {
    const seen: unknown[] = [];
    const broken = file('broken.csv', 'x,y\n5\n');
    await expect(Dataset.fromCsv([a, broken]).forEach((row) => seen.push(row))).rejects.toThrow(
      `item 1: ${broken} line 2 has 1 field, but expected 2`,
    );
    expect(seen).toEqual([rows[0]]);
  });
});
