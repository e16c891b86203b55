import { exactly } from '../graph/length';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { IndexedSource } from '../engine/source-stage';
import { inWords } from '../util/check';
import { sourceNode } from './source';

export function fromArray(items: ArrayLike<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof items !== 'object' || items === null || !Number.isInteger(items.length))
    throw new TypeError(
      `invalid array: expected an array or typed array, got ${inWords(items)}` +
        (typeof items === 'string' ? '; of a text, pass [...text] for its characters, or [text]' : ''),
    );
  const { length } = items;
  return sourceNode({
    kind: 'fromArray',
    options: optionsOf(options, 'fromArray', OPERATION_OPTIONS),
    recorded: { length },
    length: exactly(length),
    open: (place, probe) => {
      const read = (first: number, count: number): unknown[] => {
        const values = new Array<unknown>(count);
        for (let i = 0; i < count; i++) values[i] = items[first + i];
        return values;
      };
      return new IndexedSource(length, read, place, probe);
    },
  });
}
