import type { Node, Options } from '../graph/node';
import { isThenable } from '../engine/thenable';
import type { Call } from '../engine/user-function';
import { type FunctionOptions, functionNode, lengthWith } from './function-operator';

export function tap(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  const call: Call = (value, context) => {
    const done = (fn as Call)(value, context);
    return isThenable(done) ? done.then(() => value) : value;
  };
  return functionNode({ kind: 'tap', mode: 'map', parent, fn, options, length: lengthWith(options), bind: () => call });
}
