import { zipLengths } from '../graph/length';
import {
  defineNode,
  type Node,
  OPERATION_OPTIONS,
  type OperationOptions,
  type Options,
  optionsOf,
} from '../graph/node';
import { Inlet } from '../engine/inlet';
import { ZipStage } from '../engine/zip-stage';

/** `names`: the items become records with these fields; null: lists. */
export function zip(
  parents: readonly Node[],
  names: readonly string[] | null,
  options?: Options<OperationOptions>,
): Node {
  if (parents.length === 0) throw new TypeError('invalid datasets of zip: none (at least one is needed)');
  const join =
    names === null
      ? (values: unknown[]): unknown => values
      : (values: unknown[]): unknown => Object.fromEntries(names.map((name, i) => [name, values[i]]));
  return defineNode({
    kind: 'zip',
    role: 'operation',
    parents,
    options: optionsOf(options, 'zip', OPERATION_OPTIONS),
    recorded: names === null ? {} : { fields: [...names] },
    length: () => zipLengths(parents.map((parent) => parent.length())),
    open: ({ probe, parent }) =>
      new ZipStage(
        parents.map((_, i) => new Inlet(parent(i), probe)),
        join,
        probe,
      ),
  });
}
