import { describe, expect, it } from 'vitest';
import { Dataset, type PaddedBatchOptions, type Tensor } from 'stemma';
import { collectGarbage } from '../../../support/collect-garbage';

const batchOf = async (items: unknown[], options?: PaddedBatchOptions): Promise<unknown> =>
  (await Dataset.fromArray(items).paddedBatch(items.length, options).toArray())[0];

describe('a padded batch', () => {
  it('fills nested lists at every depth', async () => {
    expect(await batchOf([[[1], [2]], [[3]]])).toEqual([
      [[1], [2]],
      [[3], [0]],
    ]);
    expect(await batchOf([[[1, 2]], [], [[3], [4]]], { value: -1 })).toEqual([
      [
        [1, 2],
        [-1, -1],
      ],
      [
        [-1, -1],
        [-1, -1],
      ],
      [
        [3, -1],
        [4, -1],
      ],
    ]);
  });

  it('keeps typed arrays in lists what they are', async () => {
    expect(await batchOf([[Uint8Array.of(1, 2)], [Uint8Array.of(3), Uint8Array.of(4)]])).toEqual([
      [Uint8Array.of(1, 2), Uint8Array.of(0, 0)],
      [Uint8Array.of(3, 0), Uint8Array.of(4, 0)],
    ]);
  });

  it('pads to a shape, or to the largest size where one is null', async () => {
    expect(await batchOf([[[1]], []], { shape: [2, 2] })).toEqual([
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]);
    expect(await batchOf([[[1]], [[2, 3]]], { shape: [2, null] })).toEqual([
      [
        [1, 0],
        [0, 0],
      ],
      [
        [2, 3],
        [0, 0],
      ],
    ]);
    const tensor = (shape: number[]) => ({ data: new Uint8Array(shape[0]! * shape[1]!).fill(1), shape });
    expect(await batchOf([tensor([1, 2]), tensor([1, 1])], { shape: [null, 3] })).toEqual({
      data: Uint8Array.of(1, 1, 0, 1, 0, 0),
      shape: [2, 1, 3],
    });
  });

  it('has another shape and value for each field', async () => {
    const items = [
      { tokens: [1, 2], box: { corners: [[1]] }, image: { data: Float32Array.of(1), shape: [1, 1] }, label: 7 },
      { tokens: [3], box: { corners: [] }, image: { data: Float32Array.of(2, 3), shape: [2, 1] }, label: 8 },
    ];
    const shape = { tokens: [3], box: { corners: [1, 2] }, image: [null, 2] };
    expect(await batchOf(items, { shape, value: { tokens: -1, box: 5 } })).toEqual({
      tokens: [
        [1, 2, -1],
        [3, -1, -1],
      ],
      box: { corners: [[[1, 5]], [[5, 5]]] },
      image: { data: Float32Array.of(1, 0, 0, 0, 2, 0, 3, 0), shape: [2, 2, 2] },
      label: [7, 8],
    });
  });

  it('says what does not fit', async () => {
    const error = (items: unknown[], options?: PaddedBatchOptions) => expect(batchOf(items, options)).rejects;
    await error([[[1], 2]]).toThrow('only sizes can be padded, not dimensions');
    await error([[1], [[2]]]).toThrow('only sizes can be padded, not dimensions');
    await error([[[1, 2]], [[1], [2]]], { shape: [1, 2] }).toThrow(
      'lists of up to [2, 2] do not fit into the shape [1, 2]',
    );
    await error([{ a: [1] }], { shape: { a: [1, 1] } }).toThrow('lists of up to [1] do not fit into the shape [1, 1]');
    await error([{ a: [1], b: 1 }], { shape: { c: [1] } }).toThrow(
      'the items have the fields {a, b}, but the padding names "c"',
    );
    await error([{ a: [1] }], { value: { a: { b: 1 } } }).toThrow(
      'the items in "a" have no fields, but the padding is given by field',
    );
  });

  it('refuses a padding that is none where it is declared', () => {
    const pad = (options: object) => () => Dataset.fromArray([[1]]).paddedBatch(2, options);
    expect(pad({ value: [0] })).toThrow(
      'invalid value of paddedBatch: expected a number, a text, true or false, a bigint or null, or a record of these, got a list',
    );
    expect(pad({ shape: { a: 3 } })).toThrow(
      'invalid shape of paddedBatch: expected a list of sizes, or a record of them, got 3',
    );
    expect(pad({ side: 'end' })).toThrow("invalid side of paddedBatch: expected 'right' or 'left', got \"end\"");
    expect(pad({ truncate: true })).toThrow('invalid truncate of paddedBatch: it needs a shape to cut to');
    expect(pad({ mask: 'tokens' })).toThrow('invalid mask of paddedBatch: expected true, false or a list of names');
    expect(pad({ multipleOf: 0 })).toThrow(
      'invalid multipleOf of paddedBatch: expected a whole number of at least 1, got 0',
    );
    expect(pad({ shape: [2, -1] })).toThrow(
      'invalid size in the shape of paddedBatch: expected a whole number of at least 0, got -1',
    );
  });
});

describe('a ragged batch', () => {
  const ragged = async (items: unknown[]): Promise<unknown> =>
    (await Dataset.fromArray(items).batch(items.length, { ragged: true }).toArray())[0];

  it('has undefined where a record lacks a field', async () => {
    expect(
      await ragged([
        { a: 1, in: { x: 1 } },
        { b: 2, in: {} },
        { a: 3, in: { x: 2, y: 3 } },
      ]),
    ).toEqual({
      a: [1, undefined, 3],
      in: { x: [1, undefined, 2], y: [undefined, undefined, 3] },
      b: [undefined, 2, undefined],
    });
    expect(await ragged([{ toString: 1 }, {}])).toEqual({ toString: [1, undefined] });
  });

  it('stacks the tensors of fields that all items have', async () => {
    const image = { data: Uint8Array.of(1), shape: [1] };
    expect(await ragged([{ image }, { image, mask: image }])).toEqual({
      image: { data: Uint8Array.of(1, 1), shape: [2, 1] },
      mask: [undefined, image],
    });
  });

  it('keeps records beside other things as they are', async () => {
    expect(await ragged([{ a: 1 }, 2])).toEqual([{ a: 1 }, 2]);
  });
});

it('a field that only the prototype has is missing', async () => {
  const items = Dataset.fromArray<object>([{ toString: 1 }, { b: 2 }]);
  await expect(items.batch(2).toArray()).rejects.toThrow('item 0 has the fields {toString}, item 1 has {b}');
});

describe('a batch of large tensors', () => {
  const SIZE = 5000;
  const tensor = (value: number, size = SIZE) => ({ data: new Float32Array(size).fill(value), shape: [size] });
  const stacked = (...values: number[]) => ({
    data: Float32Array.from(values.flatMap((value) => Array<number>(SIZE).fill(value))),
    shape: [values.length, SIZE],
  });

  it('holds them in their order, the last one fewer, and leaves the items as they are', async () => {
    const items = [1, 2, 3, 4, 5].map((n) => tensor(n));
    const copies = structuredClone(items);
    expect(await Dataset.fromArray(items).batch(2).toArray()).toEqual([stacked(1, 2), stacked(3, 4), stacked(5)]);
    expect(items).toEqual(copies);
    const records = items.map((image, n) => ({ image, twice: tensor(2 * n), n, small: tensor(n, 3) }));
    const [first] = await Dataset.fromArray(records).batch(2).toArray();
    expect(first).toEqual({
      image: stacked(1, 2),
      twice: stacked(0, 2),
      n: [0, 1],
      small: { data: Float32Array.of(0, 0, 0, 1, 1, 1), shape: [2, 3] },
    });
    expect(records[1]!.image).toBe(items[1]);
    expect(items).toEqual(copies);
  });

  it('shares its memory with no other batch, nor with what it was made of', async () => {
    const items = [1, 2, 3, 4].map((n) => tensor(n));
    const again = Dataset.fromArray(items)
      .batch(2)
      .tap(() => undefined)
      .unbatch()
      .batch(2);
    const once = await Dataset.fromArray(items).batch(2).toArray();
    const twice = await again.toArray();
    expect(twice).toEqual(once);
    const buffers = [...items, ...once, ...twice].map(({ data }) => data.buffer);
    expect(new Set(buffers).size).toBe(8);
    const batch = once[0]!;
    const [parts] = await Dataset.fromArray([batch]).unbatch().batch(2).toArray();
    expect(parts).toEqual(batch);
    expect(parts!.data.buffer).not.toBe(batch.data.buffer);
  });

  it.each<[string, (batches: Dataset<Tensor>, take: (batch: Tensor) => void) => Promise<void>]>([
    ['forEach', (batches, take) => batches.forEach(take)],
    [
      'an iterator',
      async (batches, take) => {
        const iterator = batches[Symbol.asyncIterator]();
        const goOn = async (): Promise<boolean> => {
          const { done, value } = await iterator.next();
          if (done !== true) take(value);
          return done !== true;
        };
        while (await goOn());
      },
    ],
  ])('is free, once %s has handed it over, before the items of the next one are there', async (_sink, drain) => {
    const taken: WeakRef<object>[] = [];
    const isFree = async (): Promise<boolean> => {
      for (let turns = 0; turns < 20; turns++) {
        await new Promise(setImmediate);
        collectGarbage();
        if (taken.every((batch) => batch.deref() === undefined)) return true;
      }
      return false;
    };
    const free: boolean[] = [];
    const batches = Dataset.range(6)
      .map(
        async (n) => {
          free.push(await isFree());
          return tensor(n);
        },
        { concurrency: 1 },
      )
      .batch(2);
    await drain(batches, ({ data }) => void taken.push(new WeakRef(data.buffer)));
    expect(taken.length).toBe(3);
    expect(free).toEqual(Array(6).fill(true));
  });

  it('may be larger than there will ever be items, or memory', async () => {
    expect(
      await Dataset.fromArray([tensor(1), tensor(2)])
        .batch(1e9)
        .toArray(),
    ).toEqual([stacked(1, 2)]);
  });

  it('is an error where they differ, and shows both', async () => {
    const differing = (items: unknown[]) => Dataset.fromArray(items, 'Images').batch(4, 'Batch').toArray();
    const float = `[[5000],'float32']`;
    await expect(differing([tensor(1), tensor(2), tensor(3, 6000)])).rejects.toThrow(
      `item 0 is ${float}, item 2 is [[6000],'float32']`,
    );
    const bytes = { data: new Uint8Array(SIZE), shape: [SIZE] };
    await expect(differing([{ image: tensor(1) }, { image: bytes }])).rejects.toThrow(
      `differ in "image": item 0 is ${float}, item 1 is [[5000],'uint8']`,
    );
    await expect(differing([{ image: tensor(1) }, { image: null }])).rejects.toThrow(`item 1 is null`);
    await expect(differing([{ image: tensor(1) }, tensor(2)])).rejects.toThrow('item 1 has {data, shape}');
    // The same elements in another shape are another tensor.
    const square = { data: new Float32Array(SIZE), shape: [50, 100] };
    await expect(differing([tensor(1), square])).rejects.toThrow(`item 1 is [[50,100],'float32']`);
    const hostile = Object.defineProperty({}, 'image', {
      enumerable: true,
      get: () => {
        throw new Error('not to be read');
      },
    });
    await expect(differing([{ image: tensor(1) }, hostile])).rejects.toThrow('not to be read');
  });
});
