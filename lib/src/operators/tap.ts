import { allRows } from '../graph/row-rules';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { isThenable } from '../engine/thenable';
import type { Call } from '../engine/user-function';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode, lengthWith } from './function-operator';

export function tap(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  const given = optionsOf(options, 'tap', FUNCTION_OPTIONS);
  const call: Call = (value, context) => {
    const done = (fn as Call)(value, context);
    return isThenable(done) ? done.then(() => value) : value;
  };
  return functionNode({
    kind: 'tap',
    mode: 'map',
    parent,
    fn,
    options: given,
    rows: allRows,
    length: lengthWith(given),
    bind: () => call,
  });
}
