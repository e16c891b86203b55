import { joinedRows } from '../graph/row-rules';
import { addLengths } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { sourcesOf } from '../graph/sources';
import { upstreamOf } from '../graph/upstream';
import { ChainStage } from '../engine/chain-stage';
import type { Place } from '../engine/place';

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
    open: ({ probe, parent }) =>
      new ChainStage(
        parents.length,
        (i) => parent(i),
        probe,
        'all',
        (place) => partAt(parents, place),
      ),
  });
}

/** Which of the datasets a place is in: the only one that has its source. What functions of the others ran counts. */
function partAt(parents: readonly Node[], { source, again }: Place): { index: number; before: number | null } | null {
  const having = parents.filter((parent) => (sourcesOf(parent) as readonly object[]).includes(source));
  const index = parents.indexOf(having[0]!);
  const before = parents.slice(0, index);
  if (having.length !== 1 || again.length > 0 || before.some((node) => upstreamOf(node).some(({ nests }) => nests)))
    return null;
  const length = addLengths(before.map((parent) => parent.length()));
  return { index, before: length.kind === 'exact' ? length.items : null };
}
