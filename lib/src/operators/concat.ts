import { joinedRows } from '../graph/row-rules';
import { addLengths } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { ChainStage } from '../engine/chain-stage';

export function concat(parents: readonly Node[], options?: Options<OperationOptions>): Node {
  const endless = parents.slice(0, -1).find((parent) => parent.endless);
  if (endless !== undefined)
    throw new TypeError(
      `invalid datasets of concat: ${endless.kind} "${endless.label}" never ends, so that nothing behind it is read ` +
        '(use take(n) on it, or interleave or mix)',
    );
  return defineNode({
    kind: 'concat',
    parents,
    options: optionsOf(options, 'concat', OPERATION_OPTIONS),
    rows: joinedRows(true),
    length: () => addLengths(parents.map((parent) => parent.length())),
    open: ({ probe, parent }) => new ChainStage(parents.length, (i) => parent(i), probe),
  });
}
