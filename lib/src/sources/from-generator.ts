import { UNKNOWN } from '../graph/length';
import type { Node, OperationOptions, Options } from '../graph/node';
import { IteratorSource } from '../engine/source-stage';
import { sourceNode } from './source';

/** What `fromGenerator` takes: something iterable, or a function that answers it anew for each iteration. */
export type Iterating<T> = Iterable<T> | AsyncIterable<T> | (() => Iterable<T> | AsyncIterable<T>);

export function fromGenerator(source: Iterating<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof source !== 'function') checkIterable(source);
  return sourceNode({
    kind: 'fromGenerator',
    options,
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
  const candidate = Object(source ?? {}) as object;
  if (!(Symbol.asyncIterator in candidate) && !(Symbol.iterator in candidate))
    throw new TypeError(
      `invalid generator: ${source === null ? 'null' : typeof source} (a generator function or something iterable is needed)`,
    );
}
