import { exactly } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { IndexedSource } from '../engine/source-stage';
import { isTypedArray } from '../tensor/tensor';
import { inWords } from '../util/check';
import { sourceNode } from './source';

export function fromArray(items: ArrayLike<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof items !== 'object' || items === null || !Number.isInteger(items.length))
    throw new TypeError(
      `invalid array: expected an array or typed array, got ${inWords(items)}` +
        (typeof items === 'string' ? '; of a text, pass [...text] for its characters, or [text]' : ''),
    );
  const { length } = items;
  const kept = copyOf(items);
  return sourceNode({
    kind: 'fromArray',
    options: optionsOf(options, 'fromArray', OPERATION_OPTIONS),
    recorded: { length },
    length: exactly(length),
    open: (place, probe) => {
      const read = (first: number, count: number): unknown[] => {
        const values = new Array<unknown>(count);
        for (let i = 0; i < count; i++) values[i] = kept[first + i];
        return values;
      };
      return new IndexedSource(length, read, place, probe);
    },
  });
}

/** A copy of the list, so that later changes do not reach the dataset. A buffer's own `slice` does not copy. */
function copyOf(items: ArrayLike<unknown>): ArrayLike<unknown> {
  if (isTypedArray(items)) return Uint8Array.prototype.slice.call(items);
  const copy = new Array<unknown>(items.length);
  for (let i = 0; i < copy.length; i++) copy[i] = items[i];
  return copy;
}
