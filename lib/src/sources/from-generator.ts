import { UNKNOWN } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { laterIterator } from './later-iterator';
import { IteratorSource } from '../engine/source-stage';
import { isThenable } from '../engine/thenable';
import { inWords } from '../util/check';
import { sourceNode } from './source';

/**
 * What `fromGenerator` takes: something iterable, which a text does not count as, or a function that returns it, or a
 * promise of it, for each iteration.
 */
export type Iterating<T> = Iterated<T> | (() => Iterated<T> | PromiseLike<Iterated<T>>);
type Iterated<T> = (Iterable<T> | AsyncIterable<T>) & object;

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

export function fromGenerator(source: Iterating<unknown>, options?: Options<OperationOptions>): Node {
  if (typeof source !== 'function') checkIterable(source);
  const used = new WeakSet<AnyIterator>();
  const iteratorOf = (iterable: Iterated<unknown>): AnyIterator => {
    checkIterable(iterable);
    const iterator = Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
    // What is its own iterator can be gone through once. Again it would give no items, or what was left, without a
    // word.
    if ((iterator as unknown) === iterable) {
      if (used.has(iterator)) throw new Error(USED_UP);
      used.add(iterator);
    }
    return iterator;
  };
  const open = (): AnyIterator => {
    const iterable = typeof source === 'function' ? source() : source;
    return isThenable(iterable) && !isIterable(iterable)
      ? laterIterator(Promise.resolve(iterable as PromiseLike<Iterated<unknown>>).then(iteratorOf))
      : iteratorOf(iterable as Iterated<unknown>);
  };
  return sourceNode({
    kind: 'fromGenerator',
    options: optionsOf(options, 'fromGenerator', OPERATION_OPTIONS),
    fn: source,
    readOnce: typeof source !== 'function' && 'next' in source ? `an iterator ${ONCE}` : null,
    length: UNKNOWN,
    open: (place, probe, { signal }) => new IteratorSource(open, place, probe, probe?.scope(signal)),
  });
}

const ONCE =
  'can be read only once; pass a function that makes a new one each time, such as the generator function itself';

const USED_UP = `the iterator was read in an earlier iteration, and ${ONCE}`;

const EXPECTED = 'expected a generator function or something iterable';

const isIterable = (source: unknown): source is Iterated<unknown> =>
  typeof source === 'object' && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source);

function checkIterable(source: unknown): void {
  if (isIterable(source)) return;
  const advice = typeof source === 'string' ? '; of a text, pass [...text] for its characters, or [text]' : '';
  if (!isThenable(source)) throw new TypeError(`invalid generator: ${EXPECTED}, got ${inWords(source)}${advice}`);
  // Refused here; where it fails later that must not end the process.
  source.then(undefined, () => undefined);
  throw new TypeError(`invalid generator: ${EXPECTED}, got a promise; pass a function that returns it: () => promise`);
}
