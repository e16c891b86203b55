import { exactly, UNKNOWN } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { countPassed } from '../../graph/ancestors';
import { type StreamContext, type StreamItems, ThroughStage } from './through-stage';
import { isAsyncFunction } from '../../recorder/call-scope';
import { checkCount, checkFunction, inWords } from '../../util/check';
import type { OptionTypes } from '../../util/options';

/** The options of `through`. */
export interface ThroughOptions extends OperationOptions {
  /** The number of items emitted, if known; another number fails the run. Default: unknown. */
  length?: number;
}

/** A generator function over a whole stream. */
export type StreamFunction<T, U> = (items: StreamItems<T>, context: StreamContext) => Iterable<U> | AsyncIterable<U>;

const OPTIONS: OptionTypes<ThroughOptions> = { ...OPERATION_OPTIONS, length: 'any' };

export function through(parent: Node, fn: StreamFunction<never, unknown>, options?: Options<ThroughOptions>): Node {
  checkFunction(fn, 'function of through');
  const given = optionsOf(options, 'through', OPTIONS);
  const length = given.length === undefined ? UNKNOWN : exactly(checkCount(given.length, 'length of through'));
  const fillsFirst = !isAsyncFunction(fn) && countPassed([parent], ({ readsAllFirst }) => readsAllFirst) > 0;
  return defineNode({
    kind: 'through',
    parents: [parent],
    options: given,
    recorded: given.length === undefined ? {} : { length: given.length },
    fn,
    length: () => length,
    open: ({ run, probe, node, parent: upstream }) =>
      new ThroughStage(
        upstream(),
        (items, context) => iteratorOf(fn(items as StreamItems<never>, context)),
        { kind: 'through', label: node.label },
        run,
        probe,
        given.length ?? null,
        fillsFirst,
      ),
  });
}

function iteratorOf(iterable: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  const candidate = Object(iterable ?? {}) as Iterable<unknown> & AsyncIterable<unknown>;
  if (typeof iterable === 'object' && Symbol.asyncIterator in candidate) return candidate[Symbol.asyncIterator]();
  if (typeof iterable === 'object' && Symbol.iterator in candidate) return candidate[Symbol.iterator]();
  throw new TypeError(`expected something to iterate, got ${inWords(iterable)} (write function* or async function*)`);
}
