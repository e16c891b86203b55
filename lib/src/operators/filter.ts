import { atMost } from '../graph/length';
import type { Node, Options } from '../graph/node';
import { type FunctionOptions, functionNode } from './function-operator';

export function filter(parent: Node, predicate: unknown, options?: Options<FunctionOptions>): Node {
  return functionNode({
    kind: 'filter',
    mode: 'filter',
    parent,
    fn: predicate,
    options,
    length: atMost,
    bind: () => predicate as () => unknown,
  });
}
