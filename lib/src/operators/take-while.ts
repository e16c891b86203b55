import { someRows } from '../graph/row-rules';
import { atMost } from '../graph/length';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { ENDS, LEFT_OUT } from '../engine/serial-stage';
import { checkFunction } from '../util/check';
import { serialNode } from './serial-operator';

type Predicate = (item: unknown, context: unknown) => unknown;

export function takeWhile(parent: Node, predicate: unknown, options?: Options<OperationOptions>): Node {
  checkFunction(predicate, 'function of takeWhile');
  return serialNode({
    kind: 'takeWhile',
    parent,
    fn: predicate,
    options: optionsOf(options, 'takeWhile', OPERATION_OPTIONS),
    rows: someRows,
    length: atMost,
    endless: false,
    begin: (context) => ({
      oneByOne: true,
      ask: (item) => (predicate as Predicate)(item, context),
      decide: (returned, item) => (returned ? item : ENDS),
    }),
  });
}

export function skipWhile(parent: Node, predicate: unknown, options?: Options<OperationOptions>): Node {
  checkFunction(predicate, 'function of skipWhile');
  return serialNode({
    kind: 'skipWhile',
    parent,
    fn: predicate,
    options: optionsOf(options, 'skipWhile', OPERATION_OPTIONS),
    rows: someRows,
    length: atMost,
    begin: (context) => {
      let skipping = true;
      return {
        ask: (item) => skipping && (predicate as Predicate)(item, context),
        decide: (returned, item) => {
          skipping = skipping && Boolean(returned);
          return skipping ? LEFT_OUT : item;
        },
      };
    },
  });
}
