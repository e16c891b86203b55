import { allRows } from '../graph/row-rules';
import { ChosenEpoch } from '../graph/epochs';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { ChainStage } from '../engine/chain-stage';
import { checkCount } from '../util/check';

export function epoch(parent: Node, index: number, options?: Options<OperationOptions>): Node {
  checkCount(index, 'epoch');
  return defineNode({
    kind: 'epoch',
    parents: [parent],
    options: optionsOf(options, 'epoch', OPERATION_OPTIONS),
    recorded: { epoch: index },
    epoch: index,
    choosesEpoch: true,
    rows: allRows,
    length: () => parent.length(),
    open: ({ pass, epochs, probe, parent: upstream }) => {
      // Items of different repetitions are distinguished by the passes of their sources.
      const firstPass = epochs.firstPass + pass * parent.epochs;
      return new ChainStage(
        1,
        () => upstream(0, 0, new ChosenEpoch(index, firstPass)),
        probe,
        'all',
        () => ({
          index: 0,
          before: 0,
        }),
      );
    },
  });
}
