import { someRows } from '../graph/row-rules';
import { atMost } from '../graph/length';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode } from './function-operator';

export function filter(parent: Node, predicate: unknown, options?: Options<FunctionOptions>): Node {
  const given = optionsOf(options, 'filter', FUNCTION_OPTIONS);
  return functionNode({
    kind: 'filter',
    mode: 'filter',
    parent,
    fn: predicate,
    options: given,
    rows: someRows,
    length: atMost,
    bind: () => predicate as () => unknown,
  });
}
