import { rowsBefore } from '../graph/row-rules';
import { isExactly, repeatLength } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import { repetitionAt } from '../graph/repetition-at';
import { ChainStage } from '../engine/chain-stage';
import type { Place } from '../engine/place';
import { checkCount } from '../util/check';

/** How many repetitions an endless one has for itself; beyond these they are epochs that a later iteration has too. */
const ENDLESS_EPOCHS = 2 ** 20;

export function repeat(parent: Node, count: number | undefined, options?: Options<OperationOptions>): Node {
  const times = count === undefined || count === Infinity ? Infinity : checkCount(count, 'count of repeat');
  const passes = Number.isFinite(times) ? Math.max(1, times) : ENDLESS_EPOCHS;
  return defineNode({
    kind: 'repeat',
    parents: [parent],
    options: optionsOf(options, 'repeat', OPERATION_OPTIONS),
    recorded: { count: Number.isFinite(times) ? times : 'infinite' },
    passes,
    endless: times > 0 && (parent.endless || (times === Infinity && !isExactly(parent.length(), 0))),
    rows: (node) => {
      const rows = rowsBefore(node);
      return rows && { ...rows, inOrder: rows.inOrder && times === 1, times: repeated(rows.times, times) };
    },
    length: () => repeatLength(parent.length(), times),
    open: ({ pass, epochs, probe, parent: upstream }) => {
      // Each repetition is an epoch of its own for the operations of chance upstream.
      const first = pass * passes;
      const locate = (place: Place): ReturnType<typeof repetitionAt> =>
        repetitionAt(parent, { ...place, pass: place.pass - epochs.firstPass }, first);
      return new ChainStage(times, (repetition) => upstream(0, first + repetition), probe, 'until empty', locate);
    },
  });
}

/** How many items come of each row in all repetitions. */
const repeated = (items: number | null, times: number): number | null =>
  items === null || !Number.isFinite(times) ? null : items * times;
