import type { Consumable } from '../dataset/consumable';
import { isDataset } from '../dataset/is-dataset';
import type { Options } from '../graph/operation-options';
import { optionsOf } from '../graph/operation-options';
import { LOOP_FAILED } from '../host';
import { SINK_OPTIONS, type SinkOptions } from '../sinks/run-sink';
import type { IsAny, IsWhole, TensorLike } from '../operators/batching/batched';
import { isRecord } from '../operators/record';
import { isTensor, isTypedArray, type Tensor, type TypedArray } from '../tensor/tensor';
import { inWords } from '../util/check';
import { denseOf } from './dense';

/** The part of TensorFlow.js that is used. Pass your own copy: `import * as tf from '@tensorflow/tfjs'`. */
export interface TensorFlow<R extends Disposable = Disposable> {
  tensor(values: never, shape?: number[], dtype?: 'float32' | 'int32' | 'bool' | 'string'): R;
}

interface Disposable {
  dispose(): void;
}

/**
 * A batch with TensorFlow.js tensors (`R`) in place of tensors, typed arrays, and (nested) lists of numbers, strings or
 * booleans. A list that may hold null counts as one: converting it is an error if it does.
 */
export type AsTensors<B, R> =
  IsAny<B> extends true
    ? // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of a batch of any nothing is known
      any
    : B extends TensorLike | TypedArray
      ? R
      : B extends readonly (infer U)[]
        ? IsElement<U> extends true
          ? R
          : B
        : IsWhole<B> extends true
          ? B
          : { [K in keyof B]: AsTensors<B[K], R> };

/** Whether lists of `U` become tensors. */
type IsElement<U> = [U] extends [never]
  ? true
  : IsAny<U> extends true
    ? false
    : [U] extends [number | string | boolean | null | undefined]
      ? true
      : [U] extends [TensorLike | TypedArray]
        ? true
        : [U] extends [readonly (infer V)[]]
          ? IsElement<V>
          : false;

/**
 * Converts a batch to TensorFlow.js tensors. The caller disposes of them, as with `tf.tensor`; `tensors` does so
 * itself.
 *
 * Numbers become `float32`, strings `string`, booleans `bool`. Typed arrays become `float32` if they hold floats, else
 * `int32`. Nested lists and lists of typed arrays become tensors of more dimensions. Lists of records, dates and other
 * objects stay lists; map dates with `getTime` to get numbers.
 *
 * @throws TypeError, with the name of the field, if a list is ragged, has null or several types among its elements, or
 *   holds 64-bit integers, which TensorFlow.js lacks.
 * @example
 * const tf = { tensor: (_: unknown, shape?: number[], dtype?: string) => ({ shape, dtype, dispose() {} }) }; // import * as tf from '@tensorflow/tfjs'
 * const { image } = toTensors(tf, { image: { data: new Uint8Array(6), shape: [2, 3] } });
 * image.dtype; // 'int32'
 */
export function toTensors<B, R extends Disposable>(tf: TensorFlow<R>, batch: B): AsTensors<B, R> {
  checkTensorFlow(tf, 'toTensors');
  const made: R[] = [];
  try {
    return convert(tf, batch, made) as AsTensors<B, R>;
  } catch (error) {
    for (const tensor of made) tensor.dispose();
    throw error;
  }
}

/**
 * Iterates over batches as TensorFlow.js tensors. They are disposed of when the next batch is requested and when the
 * loop ends, however it ends, so none leaks. To keep one, clone it and call `tf.keep`.
 *
 * @example
 * let alive = 0;
 * const tf = { tensor: () => (alive++, { dispose: () => alive-- }) }; // import * as tf from '@tensorflow/tfjs'
 * for await (const batch of tensors(tf, Dataset.range(10).batch(4))) alive; // model.trainOnBatch(batch, …)
 * alive; // 0
 */
export function tensors<B, R extends Disposable>(
  tf: TensorFlow<R>,
  batches: Consumable<B>,
  options?: Options<SinkOptions>,
): AsyncGenerator<AsTensors<B, R>, void, undefined> {
  let loop: object | null = null;
  const generator = convertEach(tf, batches, options, (iterator) => (loop = iterator));
  // What the body of the loop threw goes to the dataset's run.
  return Object.assign(generator, {
    [LOOP_FAILED]: (error: unknown) =>
      (loop as { [LOOP_FAILED]?: (error: unknown) => void } | null)?.[LOOP_FAILED]?.(error),
  });
}

async function* convertEach<B, R extends Disposable>(
  tf: TensorFlow<R>,
  batches: Consumable<B>,
  options: Options<SinkOptions> | undefined,
  onOpen: (iterator: object) => void,
): AsyncGenerator<AsTensors<B, R>, void, undefined> {
  checkTensorFlow(tf, 'tensors');
  if (!isDataset(batches))
    throw new TypeError(
      `invalid batches of tensors: expected a dataset, got ${inWords(batches)} (write tensors(tf, ds))`,
    );
  const iterator = batches.iterate({ identifier: 'tensors', ...optionsOf(options, 'tensors', SINK_OPTIONS) });
  onOpen(iterator);
  for await (const batch of iterator) {
    const made: R[] = [];
    try {
      yield convert(tf, batch, made) as AsTensors<B, R>;
    } finally {
      for (const tensor of made) tensor.dispose();
    }
  }
}

function checkTensorFlow(tf: unknown, kind: string): void {
  if (typeof (tf as { tensor?: unknown } | null | undefined)?.tensor === 'function') return;
  throw new TypeError(`invalid tf of ${kind}: expected TensorFlow.js, which has tensor(), got ${inWords(tf)}`);
}

/** `made` gets each tensor as soon as it is there, so that none is lost where a later one fails. */
function convert<R>(tf: TensorFlow<R & Disposable>, value: unknown, made: R[], field = ''): unknown {
  if (isTensor(value) || isTypedArray(value) || Array.isArray(value)) {
    const dense = denseOf(value as Tensor, field);
    if (dense === null) return value;
    const tensor = tf.tensor(dense.values as never, dense.shape, dense.dtype);
    made.push(tensor);
    return tensor;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      convert(tf, member, made, field === '' ? name : `${field}.${name}`),
    ]),
  );
}
