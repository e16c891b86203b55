import { firstRowsInOrder, reorderedRows } from '../graph/row-rules';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { seedOf } from '../graph/seed';
import type { Length } from 'stemma-document';
import { RowNotes } from '../engine/row-notes';
import { TransformStage } from '../engine/transform-stage';
import { checkCount } from '../util/check';
import { Random } from '../util/random';
import { ShuffleTransform } from './shuffle-transform';

const DEFAULT_BUFFER = 10_000;

/** The options of `shuffle`. */
export interface ShuffleOptions extends OperationOptions {
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
  /**
   * The number of items held in memory, from which the next one is drawn. Default: the number of items if known, else
   * 10,000.
   */
  bufferSize?: number;
  /** Whether each run has another order. Default true. */
  reshuffleEachIteration?: boolean;
}

const OPTIONS: OptionTypes<ShuffleOptions> = {
  ...OPERATION_OPTIONS,
  seed: 'any',
  bufferSize: 'any',
  reshuffleEachIteration: 'boolean',
};

export function shuffle(parent: Node, options?: Options<ShuffleOptions>): Node {
  const given = optionsOf(options, 'shuffle', OPTIONS);
  const seed = seedOf({ kind: 'shuffle', parents: [parent], given });
  const bufferSize = bufferSizeFor(parent.length(), given.bufferSize);
  const reshuffleEachIteration = given.reshuffleEachIteration ?? true;
  return defineNode({
    kind: 'shuffle',
    parents: [parent],
    options: given,
    recorded: { seed, bufferSize: bufferSize === Infinity ? null : bufferSize, reshuffleEachIteration },
    draws: reshuffleEachIteration,
    rows: reorderedRows,
    length: () => parent.length(),
    open: ({ run, epoch, node, probe, parent: upstream }) => {
      const random = (): Random => new Random(seed, node.identity, reshuffleEachIteration ? epoch : 0);
      const expected = expectedSize(parent.length(), bufferSize);
      const rowsInOrder = firstRowsInOrder(parent);
      const notes = rowsInOrder === null ? RowNotes.of(run, node) : null;
      const shuffling = { node, bufferSize, random, run, expected, rowsInOrder, notes };
      return new TransformStage(upstream(), new ShuffleTransform(shuffling), probe);
    },
  });
}

/** A stream of unknown length might never end. */
function bufferSizeFor({ kind }: Length, given: number | undefined): number {
  if (given !== undefined) return checkCount(given, 'bufferSize', 1);
  return kind === 'exact' || kind === 'atMost' ? Infinity : DEFAULT_BUFFER;
}

/** Upper bound for preallocation; the stream may turn out shorter. */
const MAX_EXPECTED = 2 ** 24;

/** How many items the buffer will surely hold. */
function expectedSize(length: Length, bufferSize: number): number {
  return length.kind === 'exact' ? Math.min(length.items, bufferSize, MAX_EXPECTED) : 0;
}
