import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, expectTypeOf } from 'vitest';
import { Dataset, tensors, toTensors } from 'stemma';

const images = (count: number) =>
  Dataset.range(count)
    .map((n) => ({ image: { data: Float32Array.of(n, n + 0.5), shape: [1, 2] }, label: n, name: `image ${n}` }))
    .batch(4);

describe('tensors', () => {
  it('gives batches as tensors of their shapes and types', async () => {
    const shapes: unknown[] = [];
    for await (const { image, label, name } of tensors(tf, images(6)))
      shapes.push([image.shape, image.dtype, await label.data(), name.shape, name.dtype]);
    expect(shapes).toEqual([
      [[4, 1, 2], 'float32', Float32Array.of(0, 1, 2, 3), [4], 'string'],
      [[2, 1, 2], 'float32', Float32Array.of(4, 5), [2], 'string'],
    ]);
  });

  it('leaks none: at the end, at a break, where the loop fails, where a batch fails', async () => {
    const before = tf.memory().numTensors;
    for await (const batch of tensors(tf, images(20)))
      expect(tf.memory().numTensors).toBe(before + Object.keys(batch).length);
    expect(tf.memory().numTensors).toBe(before);
    for await (const _ of tensors(tf, images(20))) break;
    expect(tf.memory().numTensors).toBe(before);
    const failing = async (): Promise<void> => {
      for await (const _ of tensors(tf, images(20))) throw new Error('NaN in the loss');
    };
    await expect(failing()).rejects.toThrow('NaN in the loss');
    expect(tf.memory().numTensors).toBe(before);
    const late = Dataset.range(1).map(() => ({ a: Float32Array.of(1), b: BigInt64Array.of(1n) }));
    const wrong = async (): Promise<void> => {
      for await (const _ of tensors(tf, late)) expect.unreachable();
    };
    await expect(wrong()).rejects.toThrow('TensorFlow.js has no int64; map the items to Int32Array first');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('made by an asynchronous map are the caller’s to dispose of, none beside them', async () => {
    const before = tf.memory().numTensors;
    await images(20)
      .map(async (batch) => toTensors(tf, batch))
      .forEach((batch) => tf.dispose(batch));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('lists', () => {
  const toArray = async (batch: unknown): Promise<unknown> => {
    const tensor = toTensors(tf, batch) as tf.Tensor;
    const found = [tensor.shape, tensor.dtype, await tensor.array()];
    tensor.dispose();
    return found;
  };

  it.each<[string, unknown, unknown]>([
    ['nested lists', [[1, 2], [3, 4]], [[2, 2], 'float32', [[1, 2], [3, 4]]]], // prettier-ignore
    ['deeper ones', [[[1], [2]]], [[1, 2, 1], 'float32', [[[1], [2]]]]],
    ['lists of typed arrays', [Uint8Array.of(1, 2), Uint8Array.of(3, 4)], [[2, 2], 'int32', [[1, 2], [3, 4]]]], // prettier-ignore
    ['lists of tensors', [{ data: Float32Array.of(1, 2), shape: [2, 1] }], [[1, 2, 1], 'float32', [[[1], [2]]]]],
    ['booleans', [[true], [false]], [[2, 1], 'bool', [[1], [0]]]],
    ['texts', [['a', 'b']], [[1, 2], 'string', [['a', 'b']]]],
    ['64-bit floats', Float64Array.of(0.5), [[1], 'float32', [0.5]]],
    ['small whole numbers', Int16Array.of(-3), [[1], 'int32', [-3]]],
    ['nothing', [], [[0], 'float32', []]],
  ])('become tensors: %s', async (_, batch, expected) => expect(await toArray(batch)).toEqual(expected));

  it.each<[string, unknown, string]>([
    ['irregular lists', { x: [[1, 2], [3]] }, 'the field "x" is not a tensor: item 0 is a list of shape [2], item 1 is a list of shape [1]; pad'], // prettier-ignore
    ['lists beside numbers', { x: [1, [2]] }, 'item 0 is number, item 1 is a list of shape [1]'],
    ['null', { a: { b: [1, null] } }, 'the field "a.b" is not a tensor: expected numbers, texts or booleans of one type, got null at element 1'], // prettier-ignore
    ['several types', { x: ['a', 1] }, 'got 1 at element 1'],
    ['bigints', { x: [1n] }, 'got 1n at element 0; map them with Number'],
    ['typed arrays of two lengths', { x: [Uint8Array.of(1), Uint8Array.of(1, 2)] }, 'item 1 is a list of shape [2] (uint8)'], // prettier-ignore
    ['what int32 cannot hold', { x: Uint32Array.of(2 ** 31) }, '2147483648 does not fit the int32 of TensorFlow.js'],
  ])('that are none are errors, which leave no tensor: %s', (_, batch, message) => {
    const before = tf.memory().numTensors;
    expect(() => toTensors(tf, { first: [1], ...(batch as object) })).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('of records and of instances stay as they are', () => {
    const batch = { when: [new Date(0)], rows: [{ x: 1 }], map: new Map([['a', 1]]) };
    expect(toTensors(tf, batch)).toEqual(batch);
  });

  it('of dates stay lists of dates, also nested, with null among them, and in their types', async () => {
    const [first, second] = [new Date(0), new Date(1e12)];
    const dates = Dataset.fromArray([
      { when: first, both: [first, second], maybe: null as Date | null },
      { when: second, both: [second, first], maybe: first },
    ]);
    for await (const batch of tensors(tf, dates.batch(2))) {
      expectTypeOf(batch.when).toEqualTypeOf<Date[]>();
      expectTypeOf(batch.both).toEqualTypeOf<Date[][]>();
      expectTypeOf(batch.maybe).toEqualTypeOf<(Date | null)[]>();
      expect(batch).toEqual({
        when: [first, second],
        both: [
          [first, second],
          [second, first],
        ],
        maybe: [null, first],
      });
    }
    const numbers = toTensors(tf, { when: [first, second].map((date) => date.getTime()) });
    expect(numbers.when.shape).toEqual([2]);
    numbers.when.dispose();
  });

  it('train a model: the items of the tutorials', async () => {
    const items = Dataset.range(32).map((n) => ({ xs: [n / 32, 1], ys: [n / 16 + 3] }));
    let weights: tf.Tensor = tf.zeros([2, 1]);
    for (let epoch = 0; epoch < 150; epoch++)
      for await (const { xs, ys } of tensors(tf, items.batch(8))) {
        const gradient = tf.matMul(xs, tf.sub(tf.matMul(xs, weights), ys), true);
        weights = tf.sub(weights, tf.mul(gradient, 0.1));
      }
    const [[slope], [offset]] = (await weights.array()) as number[][];
    expect(slope).toBeCloseTo(2, 0);
    expect(offset).toBeCloseTo(3, 0);
  });

  it('of tokens reach it padded, with their mask', async () => {
    const texts = Dataset.fromArray([{ ids: [4, 5, 6] }, { ids: [7] }]).paddedBatch(2, { mask: true });
    for await (const { ids, ids_mask } of tensors(tf, texts))
      expect([await ids.array(), await ids_mask.array()]).toEqual([
        [[4, 5, 6], [7, 0, 0]],
        [[1, 1, 1], [1, 0, 0]],
      ]); // prettier-ignore
  });
});
