import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

describe('fromArray', () => {
  it.each<[string, number[] | Float32Array | Buffer | { [i: number]: number; length: number }]>([
    ['an array', [1, 2, 3]],
    ['a typed array', Float32Array.of(1, 2, 3)],
    ['a buffer', Buffer.from([1, 2, 3])],
    ['another list', { 0: 1, 1: 2, 2: 3, length: 3 }],
  ])('gives the elements that %s had when it was declared', async (_, list) => {
    const ds = Dataset.fromArray<number>(list);
    list[0] = 9;
    if (Array.isArray(list)) list.push(4);
    expect(await ds.toArray()).toEqual([1, 2, 3]);
    if (Array.isArray(list)) list.length = 0;
    expect(await ds.toArray()).toEqual([1, 2, 3]);
  });

  it('leaves the elements themselves as they are, and gives undefined for holes', async () => {
    const item = { n: 1 };
    const [first, hole] = await Dataset.fromArray([item, , 3]).toArray();
    expect(first).toBe(item);
    expect(hole).toBeUndefined();
  });
});

describe('fromFolder', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  for (const name of ['b.png', 'a.PNG', 'c.txt', '10.png', '9.png', 'sub/d.png'])
    writeFileSync(join(folder, name), name);
  symlinkSync(join(folder, 'b.png'), join(folder, 'link.png'));

  it('gives references, sorted by path', async () => {
    const files = await Dataset.fromFolder(folder, { extensions: ['png'] }).toArray();
    expect(files.map((file) => file.name)).toEqual(['10.png', '9.png', 'a.PNG', 'b.png', 'link.png']);
    expect(files[0]).toEqual({ path: join(folder, '10.png'), name: '10.png', size: 6 });
  });

  it('goes into folders on request and knows its length', async () => {
    const ds = Dataset.fromFolder(folder, { recursive: true });
    expect(ds.length).toEqual({ kind: 'exact', items: 7 });
    expect((await ds.toArray()).map((file) => file.name)).toContain('d.png');
  });

  it('says where it looked for a folder that is not there', () => {
    expect(() => Dataset.fromFolder(join(folder, 'nothing'), 'Load')).toThrow(
      /^fromFolder "Load" cannot list ".*nothing": there is no such folder \(looked for in ".*nothing"\); paths are relative to/,
    );
    expect(() => Dataset.fromFolder(join(folder, 'c.txt'))).toThrow('it is a file, not a folder');
  });

  it('names the file of an item that fails', async () => {
    const run = Dataset.fromFolder(folder)
      .map(() => {
        throw new Error('bad');
      }, 'Decode')
      .toArray();
    await expect(run).rejects.toThrow(`map "Decode" failed at item 0 (${join(folder, '10.png')}): bad`);
  });
});

describe('fromClassFolders', () => {
  it('gives a source for each folder, numbers by value', () => {
    const folder = temporaryFolder();
    for (const name of ['10', '9', 'cat', '.hidden']) mkdirSync(join(folder, name));
    expect(() => Dataset.fromClassFolders(folder)).toThrow(`found no files in "${join(folder, '9')}": it has no files`);
    const classes = Dataset.fromClassFolders(folder, { allowEmpty: true });
    expect(classes.map(({ label }) => label)).toEqual(['9', '10', 'cat']);
    expect(classes[0]!.dataset.length).toEqual({ kind: 'exact', items: 0 });
    expect(() => Dataset.fromClassFolders(join(folder, 'cat'))).toThrow('found no folders');
    expect(() => Dataset.fromClassFolders(join(folder, 'dog'))).toThrow(
      /^fromClassFolders cannot list ".*dog": there is no such folder/,
    );
  });
});

describe('fromGenerator', () => {
  it('takes generators of both kinds and iterables, which it starts again each time', async () => {
    const ds = Dataset.fromGenerator(function* () {
      yield 1;
      yield 2;
    });
    expect([await ds.toArray(), await ds.toArray()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(
      await Dataset.fromGenerator(async function* () {
        yield 'a';
      }).toArray(),
    ).toEqual(['a']);
    expect(await Dataset.fromGenerator(new Set([3, 4])).toArray()).toEqual([3, 4]);
    expect(() => Dataset.fromGenerator(5 as never)).toThrow(
      'expected a generator function or something iterable, got 5',
    );
  });

  it('fails as a run does where its function throws before there is a generator', async () => {
    const ds = Dataset.fromGenerator((): number[] => {
      throw new Error('no connection');
    }, 'socket');
    const message = 'fromGenerator "socket" failed at item 0: no connection';
    await expect(ds.toArray()).rejects.toThrow(message);
    await expect(ds.iterate().next()).rejects.toThrow(message);
    expect(
      provenance
        .document()
        .runs.slice(-2)
        .map(({ state }) => state),
    ).toEqual(['failed', 'failed']);
  });

  it('waits for whatever can be awaited', async () => {
    let n = 0;
    const next = () => ({ then: (resolve: (result: object) => void) => resolve({ done: n === 3, value: n++ }) });
    const ds = Dataset.fromGenerator({ [Symbol.asyncIterator]: () => ({ next }) } as never);
    expect(await ds.toArray()).toEqual([0, 1, 2]);
  });
});
