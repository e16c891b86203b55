import type { Consumable } from '../dataset/consumable';
import type { Options } from '../graph/node';
import { optionsOf } from '../graph/node';
import { SINK_OPTIONS, type SinkOptions } from '../sinks/run-sink';
import { dtypeOf, isTensor, isTypedArray, type Tensor, type TypedArray } from '../tensor/tensor';

/** What is used of TensorFlow.js. It is the user's own copy: `import * as tf from '@tensorflow/tfjs'`. */
export interface TensorFlow<R extends Disposable = Disposable> {
  tensor(values: never, shape?: number[], dtype?: 'float32' | 'int32' | 'bool' | 'string'): R;
}

interface Disposable {
  dispose(): void;
}

/** A batch with tensors of TensorFlow.js (`R`) where it had our tensors, typed arrays, or lists of numbers, texts or booleans. */
export type AsTensors<B, R> =
  B extends Tensor<TypedArray>
    ? R
    : B extends TypedArray | readonly (number | string | boolean)[]
      ? R
      : B extends readonly unknown[] | string | number | boolean | null | undefined | Date
        ? B
        : B extends object
          ? { [K in keyof B]: AsTensors<B[K], R> }
          : B;

/**
 * Makes tensors of TensorFlow.js of a batch. They are the caller's to dispose of, as with `tf.tensor`; `tensors` does it by itself.
 *
 * @throws if the elements are 64-bit integers, which TensorFlow.js lacks.
 * @example
 * const tf = { tensor: (values, shape, dtype) => ({ shape, dtype, dispose() {} }) }; // import * as tf from '@tensorflow/tfjs'
 * const { image } = toTensors(tf, { image: { data: new Uint8Array(6), shape: [2, 3] } });
 * image.dtype; // 'int32'
 */
export function toTensors<B, R extends Disposable>(tf: TensorFlow<R>, batch: B): AsTensors<B, R> {
  const made: R[] = [];
  try {
    return convert(tf, batch, made) as AsTensors<B, R>;
  } catch (error) {
    for (const tensor of made) tensor.dispose();
    throw error;
  }
}

/**
 * Iterates over batches as tensors of TensorFlow.js. Those of one batch are disposed of when the next one is asked for, and at the end of the
 * loop, however it ends: none leaks. Keep one with `tf.keep` and a clone.
 *
 * @example
 * let alive = 0;
 * const tf = { tensor: () => (alive++, { dispose: () => alive-- }) }; // import * as tf from '@tensorflow/tfjs'
 * for await (const batch of tensors(tf, Dataset.range(10).batch(4))) alive; // model.trainOnBatch(batch, …)
 * alive; // 0
 */
export async function* tensors<B, R extends Disposable>(
  tf: TensorFlow<R>,
  batches: Consumable<B>,
  options?: Options<SinkOptions>,
): AsyncGenerator<AsTensors<B, R>, void, undefined> {
  for await (const batch of batches.iterate({
    identifier: 'tensors',
    ...optionsOf(options, 'tensors', SINK_OPTIONS),
  })) {
    const made: R[] = [];
    try {
      yield convert(tf, batch, made) as AsTensors<B, R>;
    } finally {
      for (const tensor of made) tensor.dispose();
    }
  }
}

/** `made` gets each tensor as soon as it is there, so that none is lost where a later one fails. */
function convert<R>(tf: TensorFlow<R & Disposable>, value: unknown, made: R[]): unknown {
  const make = (values: unknown, shape?: number[], dtype?: 'float32' | 'int32'): R => {
    const tensor = tf.tensor(values as never, shape, dtype);
    made.push(tensor);
    return tensor;
  };
  if (isTensor(value)) return make(value.data, value.shape, typeFor(value.data));
  if (isTypedArray(value)) return make(value, [value.length], typeFor(value));
  if (Array.isArray(value)) return isPlain(value) ? make(value, [value.length]) : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, convert(tf, member, made)]));
}

function typeFor(data: TypedArray): 'float32' | 'int32' {
  const dtype = dtypeOf(data);
  if (dtype.endsWith('int64')) throw new TypeError(`TensorFlow.js has no ${dtype}; map the items to Int32Array first`);
  return dtype.startsWith('float') ? 'float32' : 'int32';
}

/** A list that can be a tensor: numbers, texts or booleans, and all of one kind. */
function isPlain(list: readonly unknown[]): boolean {
  const type = typeof list[0];
  return ['number', 'string', 'boolean'].includes(type) && list.every((one) => typeof one === type);
}
