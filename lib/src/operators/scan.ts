import { allRows } from '../graph/row-rules';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { isThenable } from '../engine/thenable';
import { checkFunction } from '../util/check';
import { serialNode } from './serial-operator';

type Step = (state: unknown, item: unknown, context: unknown) => unknown;

export function scan(parent: Node, initial: unknown, fn: unknown, options?: Options<OperationOptions>): Node {
  checkFunction(fn, 'function of scan');
  return serialNode({
    kind: 'scan',
    parent,
    fn,
    options: optionsOf(options, 'scan', OPERATION_OPTIONS),
    rows: allRows,
    length: (length) => length,
    begin: (context) => {
      let state: unknown;
      let begun = false;
      return {
        ask: (item) => {
          // Here, where an error of it has its place.
          if (!begun) state = firstState(initial);
          begun = true;
          return (fn as Step)(state, item, context);
        },
        decide: (next) => (state = next),
      };
    },
  });
}

function firstState(initial: unknown): unknown {
  const state: unknown = typeof initial === 'function' ? (initial as () => unknown)() : initial;
  if (isThenable(state))
    throw new TypeError('expected the initial state, got a promise of it; wait for it before scan is declared');
  return state;
}
