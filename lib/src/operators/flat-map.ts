import { someRows } from '../graph/row-rules';
import { UNKNOWN, exactly } from '../graph/length';
import type { Node, OpenContext } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { Expansion, FlattenStage } from '../engine/flatten-stage';
import { within } from '../engine/surrounding-epoch';
import { callWithin, followScopes, isAsyncFunction } from '../recorder/call-scope';
import { isThenable } from '../engine/thenable';
import type { Call } from '../engine/user-function';
import type { Length } from 'stemma-document';
import { preview } from '../recorder/observing/summary';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode } from './function-operator';

export function flatMap(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  const given = optionsOf(options, 'flatMap', FUNCTION_OPTIONS);
  return functionNode({
    kind: 'flatMap',
    mode: 'map',
    parent,
    fn,
    options: given,
    rows: someRows,
    length: unlessEmpty,
    nests: true,
    bind: (context) => expandingCall(fn, context),
    then: (stage, userFunction, probe, epoch) => new FlattenStage(stage, userFunction, probe, false, epoch),
  });
}

/** `fn` as it is called for each item, at the operation's epoch, its results made ready to be taken apart. */
export function expandingCall(fn: unknown, { run, probe, epoch }: OpenContext): Call {
  const call: Call = (value, context) => within(epoch, () => (fn as Call)(value, context));
  if (probe === null || !isAsyncFunction(fn)) return expanding(call);
  // It may make its datasets after an `await`.
  followScopes();
  const scope = probe.scope(run.signal);
  return expanding((value, context) => callWithin(scope, () => call(value, context)));
}

/** Any number of items for each. */
export function unlessEmpty(length: Length): Length {
  return length.kind === 'exact' && length.items === 0 ? exactly(0) : UNKNOWN;
}

/**
 * `fn`, its results made ready to be taken apart. Calls begin in the order of the items, so that they can be numbered
 * here.
 */
export function expanding(fn: Call): Call {
  let calls = 0;
  return (value, context) => {
    const index = calls++;
    const expand = (returned: unknown): Expansion => new Expansion(iterable(returned), value, index);
    const returned = fn(value, context);
    return isThenable(returned) ? returned.then(expand) : expand(returned);
  };
}

function iterable(returned: unknown): Expansion['items'] {
  const isObject = typeof returned === 'object' && returned !== null;
  if (isObject && (Symbol.iterator in returned || Symbol.asyncIterator in returned))
    return returned as Expansion['items'];
  throw new TypeError(
    `the function returned ${preview(returned)}, which is not iterable; return an array or another iterable`,
  );
}
