import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
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
