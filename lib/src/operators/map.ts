import { atMost } from '../graph/length';
import { type Node, type Options, optionsOf } from '../graph/node';
import type { Length } from '../provenance/document';
import { type FunctionOptions, functionNode } from './function-operator';

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

/** One item in, one out, unless failing items are left out. */
export function lengthWith(options: Options<FunctionOptions> | undefined): (length: Length) => Length {
  const { onError = 'throw' } = optionsOf(options);
  return onError === 'throw' ? (length) => length : atMost;
}
