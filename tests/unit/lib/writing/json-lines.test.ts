import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'data.jsonl');

const written = async (...items: unknown[]): Promise<string> => {
  await Dataset.fromArray(items).toJsonLines(file);
  return readFileSync(file, 'utf8');
};

describe('toJsonLines', () => {
  it.each([
    ['numbers with every digit', [0.1, -0, 2 ** 53, 5e-324, 1e300], '0.1\n-0\n9007199254740992.0\n5e-324\n1e+300\n'],
    ['bigints as numbers', [{ id: 2n ** 64n }, [1n, -0]], '{"id":18446744073709551616}\n[1,-0]\n'],
    ['dates as texts', [{ at: new Date(0) }], '{"at":"1970-01-01T00:00:00.000Z"}\n'],
    [
      'typed arrays as lists',
      [{ x: new Float32Array([0.5, 2]), y: new BigInt64Array([3n]) }],
      '{"x":[0.5,2],"y":[3]}\n',
    ],
    ['tensors with their shape', [{ data: new Uint8Array([1, 2]), shape: [2] }], '{"data":[1,2],"shape":[2]}\n'],
    ['null, and nothing for a field that is undefined', [{ a: null, b: undefined }, null], '{"a":null}\nnull\n'],
    ['whatever is in texts', ['"\n\u2028é😀\ud800'], '"\\"\\n\u2028é😀\\ud800"\n'],
    ['what toJSON returns', [{ toJSON: () => ({ a: 1n }) }], '{"a":1}\n'],
    ['names with quotes', [{ 'a"b': 1n }], '{"a\\"b":1}\n'],
  ])('writes %s', async (_, items, text) => {
    expect(await written(...items)).toBe(text);
  });

  it.each([
    [undefined, 'the item is undefined'],
    [{ a: { b: [1, NaN] } }, 'the field "a.b[1]" is NaN, which JSON cannot hold; map it to null'],
    [{ a: -Infinity }, 'the field "a" is -Infinity'],
    [{ a: new Map([[1, 2]]) }, 'the field "a" is a Map, which JSON cannot hold; map it to a record'],
    [{ a: new Set() }, 'the field "a" is a Set, which JSON cannot hold; map it to a list'],
    [{ a: () => 1 }, 'the field "a" is a function'],
    [{ a: [undefined] }, 'the field "a[0]" is undefined'],
    [[1, , 2], 'the field "[1]" is undefined'],
    [{ a: new Date(NaN) }, 'the field "a" is a Date'],
    [{ a: new ArrayBuffer(2) }, 'the field "a" is an ArrayBuffer'],
    [{ a: /x/ }, 'the field "a" is a RegExp'],
    [{ a: Promise.resolve(1) }, 'the field "a" is a Promise'],
    [new Float64Array([1, NaN]), 'the field "[1]" is NaN'],
  ])('refuses %o', async (item, message) => {
    await expect(written(item)).rejects.toThrow(message);
  });

  it('refuses what contains itself', async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    await expect(written(circle)).rejects.toThrow('nested too deeply, or contains itself');
  });

  it('packs a file whose name ends in .gz', async () => {
    const packed = `${file}.gz`;
    const { bytes } = await Dataset.range(100_000).toJsonLines(packed);
    const text = gunzipSync(readFileSync(packed)).toString();
    expect(text.split('\n').slice(0, 3)).toEqual(['0', '1', '2']);
    expect(bytes).toBeLessThan(text.length / 2);
    expect(await Dataset.fromJsonLines(packed).count()).toBe(100_000);
  });

  it('is read back as it was', async () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 8 }), async (items) => {
        await Dataset.fromArray(items).toJsonLines(file);
        expect(await Dataset.fromJsonLines(file).toArray()).toEqual(items);
      }),
      { numRuns: 60 },
    );
  });

  it('has bigints that are read back as such', async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 200n }), async (big) => {
        await written({ big });
        expect(await Dataset.fromJsonLines(file, { inexactNumbers: 'bigint' }).toArray()).toEqual([{ big }]);
      }),
      { numRuns: 20 },
    );
  });
});
