import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';

const tensor = (...values: number[]) => ({ data: Float32Array.from(values), shape: [values.length] });
const outcome = async (ds: Dataset<unknown>): Promise<unknown> => ds.toArray().then(([batch]) => formOf(batch), () => 'an error'); // prettier-ignore

/** What kind of batch it is, whatever is in it. */
function formOf(batch: unknown): unknown {
  if (Array.isArray(batch)) return 'a list';
  const { shape } = batch as { shape?: unknown };
  if (Array.isArray(shape) && shape.every(Number.isInteger)) return shape;
  return Object.fromEntries(Object.entries(batch as object).sort().map(([name, column]) => [name, formOf(column)])); // prettier-ignore
}

const leaf = fc.constantFrom<unknown>(
  1, 'a', null, undefined, true, new Date(0), [], [1], [1, 2], [[1], [2]], [[1, 2], [3]], [[1], [2, 3]], [1, [2]],
  Uint8Array.of(1), Uint8Array.of(1, 2), tensor(1), tensor(1, 2), new Map(), () => 1, {}, { b: 1 }, { b: [1] }, { c: 1 },
  { data: Float32Array.of(1), shape: [2] },
); // prettier-ignore
const items = fc.array(fc.oneof(leaf, fc.record({ a: leaf }), fc.record({ a: leaf, b: leaf }, { requiredKeys: ['a'] })), { minLength: 2, maxLength: 4 }); // prettier-ignore
const permuted = items.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

describe('the form of a batch', () => {
  it.each<[string, (ds: Dataset<unknown>, size: number) => Dataset<unknown>]>([
    ['batch', (ds, size) => ds.batch(size)],
    ['ragged batch', (ds, size) => ds.batch(size, { ragged: true })],
    ['paddedBatch', (ds, size) => ds.paddedBatch(size)],
    ['collated window', (ds, size) => ds.window(size, { collate: true })],
  ])('does not depend on the order of the items: %s', async (_, put) => {
    await fc.assert(
      fc.asyncProperty(permuted, async ([all, other]) => {
        const [one, two] = await Promise.all([all, other].map((list) => outcome(put(Dataset.fromArray(list), list.length)))); // prettier-ignore
        expect(two).toEqual(one);
      }),
      { numRuns: 150 },
    );
  });

  it.each<[string, unknown[], string]>([
    ['numbers and lists', [1, [2, 3]], 'item 0 is number, item 1 is a list of shape [2]'],
    ['numbers and records', [1, { a: 2 }], 'item 0 is number, item 1 is a record {a}'],
    ['null and records', [null, { a: 1 }], 'item 0 is null, item 1 is a record {a}'],
    ['lists ragged in two ways', [[[1, 2], [3]], [[4], [5, 6]]], "item 0 is a list of shape [2, ragged] with 2, 1 in it, item 1 is a list of shape [2, ragged] with 1, 2 in it"], // prettier-ignore
    ['lists of different depth', [[1], [[1]]], 'item 0 is a list of shape [1], item 1 is a list of shape [1, 1]'],
    ['a field that is missing', [{ a: 1, b: 2 }, { a: 3 }], 'item 0 has the fields {a, b}, item 1 has {a}'],
    ['columns of numbers and lists', [{ a: 1 }, { a: [1] }], 'differ in "a": item 0 is number, item 1 is a list'],
    ['functions in some records', [{ a: 1 }, { a: () => 1 }], 'item 1 has a function there'],
    ['functions beside instances', [{ a: new Map() }, { a: () => 1 }], 'item 1 has a function there'],
    ['fields in another order, one more', [{ a: 1, b: 2 }, { b: 1, a: 2, c: 3 }], 'item 0 has the fields {a, b}, item 1 has {b, a, c}'], // prettier-ignore
    [
      'other fields, as many',
      [
        { a: 1, b: 2 },
        { a: 1, c: 2 },
      ],
      'item 0 has the fields {a, b}, item 1 has {a, c}',
    ],
    ['instances beside records', [{ a: 1 }, new Map()], 'item 0 is a record {a}, item 1 is a Map'],
  ])('is that of all of them: %s are an error', async (_, list, message) => {
    const failed = expect(
      Dataset.fromArray([...list], 'Rows')
        .batch(2)
        .toArray(),
    ).rejects;
    await failed.toThrow(message);
    await expect(Dataset.fromArray(list, 'Rows').batch(2).toArray()).rejects.toThrow('failed at item 1 (Rows item 1)');
    await expect(
      Dataset.fromArray([...list].reverse())
        .batch(2)
        .toArray(),
    ).rejects.toThrow('of a batch differ');
  });

  it('takes the fields of a record in any order, and only its own', async () => {
    const run = (...list: object[]) => Dataset.fromArray(list).batch(list.length).toArray();
    expect(await run({ a: 1, b: 2 }, { b: 3, a: 4 })).toEqual([{ a: [1, 4], b: [2, 3] }]);
    const inherits = Object.assign(Object.create(Object.assign(Object.create(null), { b: 2 })), { a: 1 }) as object;
    await expect(run({ a: 1, b: 2 }, inherits)).rejects.toThrow('item 0 has the fields {a, b}, item 1 has {a}');
  });

  it('loses nothing that stands beside a tensor, and takes nothing for one', async () => {
    const run = (item: object) => Dataset.fromArray([item]).batch(1).toArray();
    await expect(run({ ...tensor(1), label: 3 })).rejects.toThrow('a field "label" beside data and shape');
    await expect(run({ data: Float32Array.of(1), shape: [2] })).rejects.toThrow('its shape [2] does not fit its data');
  });
});

describe('a padded batch', () => {
  const pad = async (list: unknown[], options?: object): Promise<unknown> =>
    (await (Dataset.fromArray(list) as Dataset<any>).paddedBatch(list.length, options).toArray())[0]; // eslint-disable-line @typescript-eslint/no-explicit-any

  it.each<[string, unknown[], object | undefined, unknown]>([
    ['texts', [['a', 'b'], ['c']], undefined, [['a', 'b'], ['c', '']]],
    ['texts by a text', [['a', 'b'], ['c']], { value: '<end>' }, [['a', 'b'], ['c', '<end>']]],
    ['booleans', [[true, true], [true]], undefined, [[true, true], [true, false]]],
    ['bigints', [[1n], []], undefined, [[1n], [0n]]],
    ['records', [[{ x: 1, s: 'a' }], []], undefined, [[{ x: 1, s: 'a' }], [{ x: 0, s: '' }]]],
    ['records by field', [[{ x: 1, s: 'a' }], []], { value: { x: -1 } }, [[{ x: 1, s: 'a' }], [{ x: -1, s: '' }]]],
    ['tensors in lists', [[tensor(1)], []], { value: 2 }, [[tensor(1)], [tensor(2)]]],
    ['numbers or null', [[null, 1], [2]], undefined, [[null, 1], [2, 0]]],
    ['64-bit integers', [BigInt64Array.of(1n, 2n), BigInt64Array.of(3n)], { value: -1 }, [BigInt64Array.of(1n, 2n), BigInt64Array.of(3n, -1n)]],
    ['at the left', [[1, 2], [3]], { side: 'left' }, [[1, 2], [0, 3]]],
    ['tensors at the left', [tensor(1, 2), tensor(3)], { side: 'left' }, { data: Float32Array.of(1, 2, 0, 3), shape: [2, 2] }],
    ['up to a multiple', [[1, 2, 3], [4]], { multipleOf: 4 }, [[1, 2, 3, 0], [4, 0, 0, 0]]],
    ['cut', [[1, 2, 3], [4]], { shape: [2], truncate: true }, [[1, 2], [4, 0]]],
    ['cut at the left', [[1, 2, 3], [4]], { shape: [2], truncate: true, side: 'left' }, [[2, 3], [0, 4]]],
    ['with a mask and lengths', [{ t: [1, 2], l: 'x' }, { t: [3], l: 'y' }], { mask: true, lengths: ['t'] }, { t: [[1, 2], [3, 0]], t_mask: [[1, 1], [1, 0]], t_length: [2, 1], l: ['x', 'y'] }],
    ['tensors with a mask', [{ t: tensor(1, 2) }, { t: tensor(3) }], { mask: ['t'] }, { t: { data: Float32Array.of(1, 2, 3, 0), shape: [2, 2] }, t_mask: { data: Uint8Array.of(1, 1, 1, 0), shape: [2, 2] } }],
  ])('fills by type: %s', async (_, list, options, expected) => expect(await pad(list, options)).toEqual(expected)); // prettier-ignore

  it.each<[string, unknown[], object | undefined, string]>([
    ['a number among texts', [['a'], []], { value: 0 }, 'the value 0 of the padding does not fit the texts'],
    ['−1 of uint8', [Uint8Array.of(1), Uint8Array.of()], { value: -1 }, 'the value -1 of the padding does not fit uint8'],
    ['a fraction of whole numbers', [{ data: Int32Array.of(1), shape: [1] }], { value: 0.5 }, 'does not fit int32'],
    ['a text of tensors', [{ a: tensor(1) }], { value: { a: 'x' } }, 'the value "x" of the padding does not fit float32 in "a"'],
    ['empty lists', [[], []], { shape: [2] }, 'are empty, so that nothing says what fills them; pass a value'],
    ['dates', [[new Date(0)], []], undefined, 'have members of objects, which nothing can fill by their type'],
    ['numbers and texts', [[1, 'a'], []], undefined, 'have members of numbers and texts'],
    ['a shape for numbers', [1, 2], { shape: [3] }, 'the items cannot be padded: expected lists or tensors, got number'],
    ['a shape for a label', [{ l: 1, t: [1] }], { shape: { l: [1] } }, 'the items in "l" cannot be padded'],
    ['a value for records without lists', [{ l: 1 }], { value: 1 }, 'the items have no lists and no tensors'],
    ['a mask of a missing field', [{ t: [1] }], { mask: ['x'] }, 'have the fields {t}, but the padding names "x"'],
    ['a mask over a field', [{ t: [1], t_mask: 1 }], { mask: ['t'] }, 'there is a field "t_mask" already'],
    ['a mask without records', [[1]], { mask: true }, 'a mask and lengths are fields beside the padded ones'],
    ['null beside lists', [null, [1]], undefined, 'item 0 is null, item 1 is a list of shape [1]'],
  ])('says what does not fit: %s', async (_, list, options, message) => expect(pad(list, options)).rejects.toThrow(message)); // prettier-ignore
});

describe('the way out of items that differ', () => {
  const image = (...shape: number[]) => ({ data: new Uint8Array(shape.reduce((a, b) => a * b, 1)), shape });
  const floats = (...shape: number[]) => ({ data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape });
  const channels = 'give them the same channels: pass channels: 3 to decodeImage';
  const resized = 'resize or pad them to one shape before the batch';

  it.each<[string, unknown, unknown, string]>([
    ['channels first', image(3, 16, 16), image(4, 16, 16), `; ${channels} before the batch`],
    ['channels last', image(16, 16, 1), image(16, 16, 3), `; ${channels} before the batch`],
    ['channels and size', image(1, 16, 16), image(3, 8, 16), `; ${channels}, and resize or pad them to one size before the batch`], // prettier-ignore
    ['size', image(3, 16, 16), image(3, 8, 16), `; ${resized}`],
    ['sizes that are no channels', image(7, 16, 16), image(9, 16, 16), `; ${resized}`],
    ['sizes of vectors', image(2), image(3), `; ${resized}`],
    ['number of dimensions', image(16, 16), image(1, 16, 16), '; reshape them to one number of dimensions before the batch'], // prettier-ignore
    ['type', image(3, 4, 4), floats(3, 4, 4), '; map them to one type, such as Float32Array before the batch'],
    ['type and size', image(2), floats(3), `; map them to one type, such as Float32Array, and ${resized}`],
    ['type of lists', new Float32Array(1), new Int32Array(1), '; map them to one type, such as Float32Array, or pass ragged: true'], // prettier-ignore
    ['type of lists of integers', new BigInt64Array(1), new Int32Array(1), 'such as BigInt64Array, or pass'],
    ['precision of lists', new Float64Array(1), new Float32Array(1), 'such as Float64Array, or pass'],
    ['a list beside a typed array', [1], new Int32Array(1), '; map them to one type, such as Float32Array, or pass'],
    ['length of lists', [1], [1, 2], '; pad them with paddedBatch, or pass ragged: true to keep them as they are'],
    ['depth of lists', [1], [[1]], '; reshape them to one number of dimensions, or pass ragged: true'],
  ])('is that for what differs: %s', async (_, one, other, advice) => {
    for (const items of [
      [one, other],
      [{ x: one }, { x: other }],
    ])
      // prettier-ignore
      await expect(Dataset.fromArray(items).batch(2).toArray()).rejects.toThrow(advice);
  });

  it('is not to pad what paddedBatch cannot pad', async () => {
    const padded = Dataset.fromArray([image(2), floats(3)]).paddedBatch(2);
    await expect(padded.toArray()).rejects.toThrow('map them to one type, such as Float32Array before the batch');
  });
});
