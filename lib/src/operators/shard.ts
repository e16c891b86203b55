import { someRows, stretchOfRows } from '../graph/row-rules';
import { mapLength } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { warnIfReshuffled } from '../graph/reshuffled';
import { TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';
import { SelectTransform } from './select';

export function shard(parent: Node, index: number, count: number, options?: Options<OperationOptions>): Node {
  checkCount(count, 'count of shards', 1);
  checkCount(index, 'index of a shard');
  if (index >= count)
    throw new TypeError(`invalid index of a shard: ${index} of ${count} (0 to ${count - 1} are there)`);
  const mine = (at: number): boolean => at % count === index;
  const needed = (items: number, from: number): number => {
    const first = (index - (from % count) + count) % count;
    return first + 1 + (items - 1) * count;
  };
  return warnIfReshuffled(
    defineNode({
      kind: 'shard',
      parents: [parent],
      options: optionsOf(options, 'shard', OPERATION_OPTIONS),
      recorded: { index, count },
      rows: stretchOfRows(
        () => ({ first: index, step: count, end: Infinity }),
        someRows,
        (rows) => rows.whole ?? rows,
      ),
      length: () => mapLength(parent.length(), (items) => Math.max(0, Math.ceil((items - index) / count))),
      open: ({ run, probe, parent: upstream }) =>
        new TransformStage(upstream(), new SelectTransform(run, mine, needed), probe),
    }),
  );
}
