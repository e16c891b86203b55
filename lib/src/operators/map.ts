import type { Node, Options } from '../graph/node';
import { type FunctionOptions, functionNode, lengthWith } from './function-operator';

export function map(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  return functionNode({
    kind: 'map',
    mode: 'map',
    parent,
    fn,
    options,
    length: lengthWith(options),
    bind: () => fn as () => unknown,
  });
}
