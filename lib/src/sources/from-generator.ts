import { UNKNOWN } from '../graph/length';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { IteratorSource } from '../engine/source-stage';
import { inWords } from '../util/check';
import { sourceNode } from './source';

/** What `fromGenerator` takes: something iterable, which a text does not count as, or a function that returns such for each iteration. */
export type Iterating<T> = Iterated<T> | (() => Iterated<T>);
type Iterated<T> = (Iterable<T> | AsyncIterable<T>) & object;

export function fromGenerator(source: Iterating<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof source !== 'function') checkIterable(source);
  return sourceNode({
    kind: 'fromGenerator',
    options: optionsOf(options, 'fromGenerator', OPERATION_OPTIONS),
    fn: source,
    length: UNKNOWN,
    open: (place, probe) =>
      new IteratorSource(() => iteratorOf(typeof source === 'function' ? source() : source), place, probe),
  });
}

function iteratorOf(source: Iterable<unknown> | AsyncIterable<unknown>): Iterator<unknown> | AsyncIterator<unknown> {
  checkIterable(source);
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

function checkIterable(source: unknown): void {
  if (typeof source === 'object' && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source))
    return;
  const advice = typeof source === 'string' ? '; of a text, pass [...text] for its characters, or [text]' : '';
  throw new TypeError(
    `invalid generator: expected a generator function or something iterable, got ${inWords(source)}${advice}`,
  );
}
