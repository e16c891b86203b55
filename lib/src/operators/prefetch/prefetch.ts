import { allRows } from '../../graph/row-rules';
import { defineNode } from '../../graph/define-node';
import type { Node } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { PrefetchStage } from './prefetch-stage';
import { checkCount } from '../../util/check';

export function prefetch(parent: Node, count: number, options?: Options<OperationOptions>): Node {
  checkCount(count, 'count of prefetch', 1);
  return defineNode({
    kind: 'prefetch',
    parents: [parent],
    options: optionsOf(options, 'prefetch', OPERATION_OPTIONS),
    recorded: { count },
    rows: allRows,
    length: () => parent.length(),
    open: ({ run, probe, parent: upstream }) => new PrefetchStage(upstream(), count, run, probe),
  });
}
