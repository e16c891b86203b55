import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, decodeImage, type ToWebDatasetOptions } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';

const parent = temporaryFolder();
let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(parent, `${++count}`);
  mkdirSync(folder);
});

const write = (items: unknown[], name = 'data.tar', options?: ToWebDatasetOptions) =>
  Dataset.fromArray(items).toWebDataset(join(folder, name), options);

/** The names and contents of an archive, as the system's own tar unpacks it. */
function unpacked(name = 'data.tar'): { [file: string]: Buffer } {
  const names = execFileSync('tar', ['-tf', join(folder, name)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  return Object.fromEntries(names.map((file) => [file, execFileSync('tar', ['-xOf', join(folder, name), file])]));
}

describe('toWebDataset', () => {
  it('writes the fields of a sample side by side, by what they are called', async () => {
    const image = { data: Uint8Array.from({ length: 12 }, (_, i) => i * 20), shape: [3, 2, 2] };
    const bytes = new Uint8Array(600).fill(7);
    await write([
      { __key__: 'cat/1', cls: 3, txt: 'é', json: { a: 1n }, bin: bytes, none: null, 'seg.png': image },
      { cls: false, id: 5n, npy: image },
    ]);
    const { 'cat/1.seg.png': png, '000000001.npy': npy, 'cat/1.bin': bin, ...texts } = unpacked();
    expect(Object.entries(texts).map(([name, text]) => [name, text.toString()])).toEqual([
      ['cat/1.cls', '3'],
      ['cat/1.txt', 'é'],
      ['cat/1.json', '{"a":1}'],
      ['000000001.cls', 'false'],
      ['000000001.id', '5'],
    ]);
    expect(new Uint8Array(bin!)).toEqual(bytes);
    expect(await decodeImage(new Uint8Array(png!))).toEqual(image);
    expect(npy!.toString('latin1', 0, 8)).toBe('\x93NUMPY\x01\0');
    expect(npy!.readUInt16LE(8) + 10).toBe(128);
    expect(new Uint8Array(npy!.subarray(128))).toEqual(image.data);
  });

  it('begins another archive where one is full', async () => {
    const items = Array.from({ length: 5 }, (_, cls) => ({ cls }));
    expect(await write(items, 'a-%03d.tar', { maxItems: 2 })).toMatchObject({
      items: 5,
      files: 3,
      path: join(folder, 'a-%03d.tar'),
    });
    expect(readdirSync(folder)).toEqual(['a-000.tar', 'a-001.tar', 'a-002.tar']);
    expect(Object.keys(unpacked('a-001.tar'))).toEqual(['000000002.cls', '000000003.cls']);
    expect(await write(items, 'b-%d.tar', { maxBytes: 3000 })).toMatchObject({ files: 3 });
    expect(await write([], 'c-%d.tar')).toMatchObject({ items: 0, files: 1 });
    expect(unpacked('c-0.tar')).toEqual({});
  });

  it('never mixes archives of two runs', async () => {
    const items = Array.from({ length: 5 }, (_, cls) => ({ cls }));
    await write(items, 'a-%d.tar', { maxItems: 1 });
    writeFileSync(join(folder, 'a-x.tar'), 'another');
    await expect(write(items, 'a-%d.tar')).rejects.toThrow(
      'there is "a-0.tar" already; pass overwrite: true to replace all of that pattern',
    );
    await write(items, 'a-%d.tar', { maxItems: 3, overwrite: true });
    expect(readdirSync(folder)).toEqual(['a-0.tar', 'a-1.tar', 'a-x.tar']);
  });

  it('leaves the archives of before, and nothing else, when it fails', async () => {
    await write([{ cls: 1 }, { cls: 2 }], 'a-%d.tar', { maxItems: 1 });
    const before = readFileSync(join(folder, 'a-0.tar'));
    await expect(write([{ cls: 3 }, { cls: 4 }, 5], 'a-%d.tar', { maxItems: 1, overwrite: true })).rejects.toThrow(
      'the item is 5',
    );
    expect(readdirSync(folder)).toEqual(['a-0.tar', 'a-1.tar']);
    expect(readFileSync(join(folder, 'a-0.tar'))).toEqual(before);
  });

  it('has room for long names, and for those of other alphabets', async () => {
    const long = `${'folder/'.repeat(20)}${'x'.repeat(90)}`;
    await write([{ __key__: long, txt: 'a' }, { __key__: 'é 😀', txt: 'b' }]); // prettier-ignore
    const text = execFileSync('tar', ['-tf', join(folder, 'data.tar'), '--quoting-style=literal'], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(text).toBe(`${long}.txt\né 😀.txt\n`);
    await expect(write([{ __key__: 'x'.repeat(101), txt: 'a' }])).rejects.toThrow('is too long for a tar archive');
  });

  it.each<[unknown, string]>([
    [5, 'the item is 5, and a sample is a record whose fields are called by what they hold'],
    [{}, 'the item has no field with a value'],
    [{ 'a/b': 1 }, 'the field "a/b" is no extension of a file'],
    [{ __key__: '../x', a: 1 }, 'the key is "../x": expected a path such as "cat/1"'],
    [{ __key__: '/x', a: 1 }, 'the key is "/x"'],
    [{ __key__: 'a.b', a: 1 }, 'the key is "a.b"'],
    [{ __key__: 7, a: 1 }, 'the key is 7'],
    [{ __key__: 'same', a: 1 }, 'the key "same" is that of the item before'],
    [
      { a: { b: 1 } },
      'the field "a" is a record: expected a text, a number or bytes; a tensor in a field called png, jpg or npy',
    ],
    [{ a: '\ud800' }, 'the field "a" has half a character'],
    [{ json: { a: NaN } }, 'the field "a" is NaN, which JSON cannot hold'],
    [{ png: { data: new Uint8Array(3), shape: [3] } }, 'expected an image'],
  ])('refuses %o', async (item, message) => {
    const items = [{ __key__: 'same', a: 1 }, item];
    await expect(write(items)).rejects.toThrow(message);
    expect(await write(items, 'data.tar', { onError: 'skip' })).toMatchObject({ items: 1 });
  });
});
