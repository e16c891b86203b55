import { checkDraws } from '../graph/described-function';
import { allRows } from '../graph/row-rules';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode, lengthWith } from './function-operator';

export function map(parent: Node, fn: unknown, options?: Options<FunctionOptions>): Node {
  const given = optionsOf(options, 'map', FUNCTION_OPTIONS);
  checkDraws(fn, 'map');
  return functionNode({
    kind: 'map',
    mode: 'map',
    parent,
    fn,
    options: given,
    rows: allRows,
    length: lengthWith(given),
    bind: () => fn as () => unknown,
  });
}
