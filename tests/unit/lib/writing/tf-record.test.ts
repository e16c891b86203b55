import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, type ToColumnsOptions } from 'stemma';
import { maskedCrc32c } from '../../../../lib/dist/sinks/files/tf-record/crc32c.js';
import { temporaryFolder } from '../../../support/temporary-folder';

const file = join(temporaryFolder(), 'data.tfrecord');

/** The Examples of the file, in hexadecimal digits. */
async function examples(items: unknown[], options?: ToColumnsOptions): Promise<string[]> {
  await Dataset.fromArray(items).toTfRecord(file, options);
  const bytes = readFileSync(file);
  const found: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)));
    const example = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(example));
    found.push(example.toString('hex'));
    at += length + 16;
  }
  return found;
}

// The checks against readers of others are in tests/neighbours.
describe('toTfRecord', () => {
  // crc32c of "123456789" is e3069283, from RFC 3720; ((crc >> 15) | (crc << 17)) + a282ead8 masks it.
  it('has the checksums of TensorFlow', () => {
    const crc = 0xe3069283;
    expect(maskedCrc32c(Buffer.from('123456789'))).toBe((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  });

  it.each<[string, unknown, string]>([
    ['a whole number', { a: 1 }, '0a0c0a0a0a01611205 1a030a0101'],
    ['a negative one, in ten bytes', { a: -1n }, '0a150a130a0161120e 1a0c0a0affffffffffffffffff01'],
    ['a boolean', { a: true }, '0a0c0a0a0a01611205 1a030a0101'],
    ['a fraction, in 32 bits', { a: 0.5 }, '0a0f0a0d0a01611208 12060a040000003f'],
    ['a text', { a: 'é' }, '0a0d0a0b0a01611206 0a040a02c3a9'],
    ['bytes', { a: Uint8Array.of(7) }, '0a0c0a0a0a01611205 0a030a0107'],
    ['a list', { a: [1, 300] }, '0a0e0a0c0a01611207 1a050a0301ac02'],
    ['texts', { a: ['x', ''] }, '0a0e0a0c0a01611207 0a050a01780a00'],
    ['a typed array', { a: Float32Array.of(1) }, '0a0f0a0d0a01611208 12060a040000803f'],
    ['a record, taken apart', { a: { b: 1 } }, '0a0e0a0c0a03612f621205 1a030a0101'],
    ['nothing for null', { a: null }, '0a00'],
  ])('writes %s', async (_, item, example) => {
    expect(await examples([item])).toEqual([example.replaceAll(' ', '')]);
  });

  it('has one kind of list for a field, whatever the first items have', async () => {
    const float = '0a0f0a0d0a01611208' + '12060a04';
    expect(await examples([{ a: 1 }, { a: 0.5 }])).toEqual([`${float}0000803f`, `${float}0000003f`]);
    expect(await examples([{ a: 1 }], { types: { a: 'float64' } })).toEqual([`${float}0000803f`]);
  });

  it('refuses two fields that would be one feature, whichever item has them', async () => {
    const message =
      'the field "b" in "a" and the field "a/b" are both written as the feature "a/b"; rename one of them';
    await expect(examples([{ 'a/b': 1, a: { b: 2 } }])).rejects.toThrow(message);
    await expect(examples([{ 'a/b': 1 }, { a: { b: 2 } }])).rejects.toThrow(`at item 1 (fromArray item 1): ${message}`);
    // What was left out has no feature.
    const refused = [{ 'a/b': 1, c: new Map() }, { 'a/b': 1, a: { b: 2 } }, { a: { b: 2 } }];
    expect(await examples(refused, { onError: 'skip' })).toHaveLength(1);
    expect(await examples([{ 'a/b': null, a: { b: 2 } }])).toHaveLength(1);
  });

  it('takes whole numbers and bigints in one field, in any order', async () => {
    const [one, two] = ['0a0c0a0a0a016112051a030a0101', '0a0c0a0a0a016112051a030a0102'];
    expect(await examples([{ a: 1 }, { a: 2n }])).toEqual([one, two]);
    expect(await examples([{ a: 2n }, { a: 1 }])).toEqual([two, one]);
    await expect(examples([{ a: 1 }, { a: 2n }], { types: { a: 'int32' } })).rejects.toThrow(
      `the field "a" is 2n, which its type, 'int32', cannot hold; pass types: { a: 'int64' }`,
    );
  });

  it.each<[unknown, string]>([
    [{ a: new Date(0) }, 'the field "a" is a Date, which an Example cannot hold; map it to a text, or to milliseconds'],
    [{ a: { b: new Date(0) } }, 'the field "a.b" is a Date'],
    [{ a: [[1]] }, 'the field "a[0]" is a list, and lists in an Example have numbers, texts or bytes'],
    [{ a: [1, null] }, 'the field "a[1]" is null, and lists in an Example'],
    [{ a: 1e300 }, 'the field "a" is 1e+300, which is too great for the 32-bit floats'],
    [{ a: 2n ** 63n }, 'which is too great for 64 bits'],
    [{ a: new Map() }, 'the field "a" is a Map'],
    [5, 'the item is 5, and a row is a record'],
  ])('refuses %o', async (item, message) => {
    await expect(examples([item])).rejects.toThrow(message);
  });
});
