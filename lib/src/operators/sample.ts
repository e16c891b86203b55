import { atMost, exactly } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { countPassed } from '../graph/ancestors';
import { rowsOf, someRows } from '../graph/row-rules';
import { seedOf } from '../graph/seed';
import { sourcesOf } from '../graph/sources';
import { randomOf } from './item-random';
import type { Origin } from '../engine/origin';
import { TransformStage } from '../engine/transform-stage';
import { checkShare } from '../util/check';
import { RowDeal } from './row-deal';
import { SelectTransform } from './select';

/** The options of `sample`. */
export interface SampleOptions extends OperationOptions {
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
}

const OPTIONS: OptionTypes<SampleOptions> = { ...OPERATION_OPTIONS, seed: 'any' };

/** So that a sample is not the first part of a split with its seed. */
const SAMPLES = 1;

export function sample(parent: Node, share: number, options?: Options<SampleOptions>): Node {
  checkShare(share, 'share of sample');
  const given = optionsOf(options, 'sample', OPTIONS);
  const seed = seedOf({ kind: 'sample', parents: [parent], given });
  const rows = rowsOf(parent);
  // A second sample of a sample is another one, with the same seed too.
  const twins = countPassed([parent], ({ kind }) => kind === 'sample');
  const deal = rows?.times === 1 ? new RowDeal(rows, sourcesOf(parent), [share], false, [seed, SAMPLES, twins]) : null;
  return defineNode({
    kind: 'sample',
    parents: [parent],
    options: given,
    recorded: { share, seed },
    rows: (node) => deal?.rowsOf(1) ?? someRows(node),
    length: () => {
      if (deal !== null) return exactly(deal.sizes![0]!);
      return share === 0 ? exactly(0) : share === 1 ? parent.length() : atMost(parent.length());
    },
    open: ({ run, node, probe, parent: upstream }) => {
      const keep = (_: number, origin: Origin): boolean =>
        deal === null ? randomOf(run, origin, seed, node.identity).next() < share : deal.partOf(run, origin) === 1;
      return new TransformStage(upstream(), new SelectTransform(run, keep), probe);
    },
  });
}
