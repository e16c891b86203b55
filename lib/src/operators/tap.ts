import type { Node, Options } from '../graph/node';
import { isThenable } from '../engine/thenable';
import { type Call, type FunctionOptions, functionNode, lengthWith } from './function-operator';

export function tap(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  const call: Call = (value, context, origin) => {
    const done = (fn as Call)(value, context, origin);
    return isThenable(done) ? done.then(() => value) : value;
  };
  return functionNode({ kind: 'tap', mode: 'map', parent, fn, options, length: lengthWith(options), bind: () => call });
}
