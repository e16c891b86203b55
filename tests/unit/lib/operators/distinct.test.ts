import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';

const kept = (items: readonly unknown[]): Promise<unknown[]> => Dataset.fromArray(items).distinct().toArray();

describe('distinct', () => {
  it.each<[string, unknown, unknown]>([
    ['NaN', NaN, NaN],
    ['0 and -0', 0, -0],
    ['texts', 'a', 'a'],
    ['bigints', 1n, 1n],
    ['lists', [1, [2]], [1, [2]]],
    ['records in another order', { a: 1, b: [0] }, { b: [-0], a: 1 }],
    ['records of another realm', { a: 1 }, runInNewContext('({ a: 1 })')],
    ['records without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    ['dates', new Date(5), new Date(5)],
    ['tensors', { data: new Float32Array([1, 2]), shape: [2] }, { data: new Float32Array([1, 2]), shape: [2] }],
    ['bytes', new Uint8Array([1]), Buffer.from([1])],
  ])('takes for equal: %s', async (_, a, b) => expect(await kept([a, b])).toHaveLength(1));

  it('tells apart what differs in type, nesting or place', async () => {
    const items = [
      1, '1', 1n, true, 'true', null, 'null', undefined, [], {}, [1], ['1'], [1n], [[1]], [null], [undefined], ['a', 'b'], ['a,b'],
      ['a","b'], { a: 1 }, { a: '1' }, { a: undefined }, { 'a:1': 1 }, '[1]', '{"a":1}', new Date(1), new Date(NaN), 'date 1', [new Date(1)],
      new Uint8Array([1]), new Int8Array([1]), new Uint8Array(), { data: new Float32Array([1, 2]), shape: [2, 1] },
      { data: new Float32Array([1, 2]), shape: [1, 2] }, '\ud800', ['\ud800'], ['\ufffd'], JSON.parse('{"__proto__":1}'),
    ]; // prettier-ignore
    expect(await kept([...items, ...items])).toEqual(items);
  });

  it('is, of any values, what comparing them one by one is', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 12 }), async (items) => {
        const same = (a: unknown, b: unknown): boolean => {
          try {
            expect(a === 0 ? 0 : a).toStrictEqual(b === 0 ? 0 : b);
            return true;
          } catch {
            return false;
          }
        };
        const plain = JSON.parse(JSON.stringify(items)) as unknown[];
        const first = plain.filter((item, i) => plain.findIndex((other) => same(other, item)) === i);
        expect(await kept(plain)).toEqual(first);
      }),
      { numRuns: 60 },
    ));

  it('keeps the first of each key, afresh in each run, and counts', async () => {
    const rows = Dataset.range(100, 'rows').distinct({ key: async (n) => n % 7, identifier: 'One a day' });
    for (let epoch = 0; epoch < 2; epoch++) expect(await rows.toArray()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const process = provenance.document().processes.filter(({ label }) => label === 'One a day').at(-1)!; // prettier-ignore
    expect(process).toMatchObject({ kind: 'distinct', options: { maxKeys: 1_000_000 } });
    expect(process.execution).toMatchObject({ itemsIn: 200, itemsOut: 14, state: 'complete' });
    expect(rows.length).toEqual({ kind: 'atMost', items: 100 });
    expect(Dataset.range(3).repeat().distinct().length).toEqual({ kind: 'unknown' });
  });

  it('does not outgrow maxKeys, and says what to do', async () => {
    const words = Dataset.fromArray(['a', 'b', 'a', 'c'], 'words');
    expect(await words.distinct({ maxKeys: 3 }).toArray()).toEqual(['a', 'b', 'c']);
    const error = await words.distinct({ maxKeys: 2, identifier: 'Few' }).toArray().catch((thrown: Error) => thrown); // prettier-ignore
    expect(error).toMatchObject({ index: 3, origin: 'words item 3' });
    expect((error as Error).message).toMatch(
      /^distinct "Few" failed at item 3 .*more than 2 different keys.*raise maxKeys/,
    );
  });

  it('refuses keys that it cannot compare', async () => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const key of [new Map(), new Set(), () => 1, Symbol('a'), [Symbol('a')], { a: new URL('file:///') }, /a/])
      await expect(kept([0, key])).rejects.toThrow('expected a key that is compared by its value');
    await expect(kept([circle])).rejects.toThrow('contains itself');
  });
});
