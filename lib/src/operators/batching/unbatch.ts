import { explainDepth } from '../../util/stack-overflow';
import type { Node } from '../../graph/node';
import { type Options, optionsOf } from '../../graph/operation-options';
import { FlattenStage } from '../../engine/flatten-stage';
import { preview } from '../../recorder/observing/summary';
import type { OptionTypes } from '../../util/options';
import { isTensor, isTypedArray, type Tensor } from '../../tensor/tensor';
import { expanding, unlessEmpty } from '../flat-map';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode } from '../function-operator';

/** The options of `unbatch`. */
export type UnbatchOptions = Omit<FunctionOptions, 'concurrency' | 'ordered'>;

const { identifier, uses, samples, onError } = FUNCTION_OPTIONS;
const OPTIONS: OptionTypes<UnbatchOptions> = { identifier, uses, samples, onError };

export function unbatch(parent: Node, options?: Options<UnbatchOptions>): Node {
  return functionNode({
    kind: 'unbatch',
    mode: 'map',
    parent,
    fn: itemsOf,
    showFunction: false,
    options: optionsOf(options, 'unbatch', OPTIONS),
    length: unlessEmpty,
    bind: () => expanding(checkedItemsOf),
    then: (stage, userFunction, probe) => new FlattenStage(stage, userFunction, probe, true),
  });
}

function checkedItemsOf(batch: unknown): unknown[] {
  try {
    return itemsOf(batch);
  } catch (error) {
    throw explainDepth(error, 'the batch', 'map it to a record of lists first');
  }
}

function itemsOf(batch: unknown): unknown[] {
  if (Array.isArray(batch)) return batch;
  if (isTensor(batch)) return rowsOf(batch);
  if (isTypedArray(batch)) return Array.from(batch as ArrayLike<unknown>);
  if (typeof batch === 'object' && batch !== null) return recordsOf(batch as { [name: string]: unknown });
  throw new TypeError(`${preview(batch)} is not a batch (an array, a tensor or a record of these is needed)`);
}

/** Views on the tensor's data, not copies. */
function rowsOf({ data, shape }: Tensor): Tensor[] {
  const [count, ...rest] = shape;
  if (count === undefined) throw new TypeError('a tensor without dimensions is not a batch');
  const size = rest.reduce((product, dimension) => product * dimension, 1);
  return Array.from({ length: count }, (_, i) => ({ data: data.subarray(i * size, (i + 1) * size), shape: rest }));
}

function recordsOf(columns: { [name: string]: unknown }): unknown[] {
  const names = Object.keys(columns);
  const lists = names.map((name) => itemsOf(columns[name]));
  const counts = new Set(lists.map((list) => list.length));
  if (counts.size > 1)
    throw new TypeError(
      `the columns of a batch differ in length: ${names.map((name, i) => `${name} has ${lists[i]!.length}`).join(', ')}`,
    );
  return Array.from({ length: lists[0]?.length ?? 0 }, (_, row) =>
    Object.fromEntries(names.map((name, i) => [name, lists[i]![row]])),
  );
}
