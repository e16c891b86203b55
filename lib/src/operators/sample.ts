import { atMost, exactly } from '../graph/length';
import {
  defineNode,
  type Node,
  OPERATION_OPTIONS,
  type OperationOptions,
  type Options,
  optionsOf,
} from '../graph/node';
import type { OptionTypes } from '../util/options';
import { seedOf } from '../graph/seed';
import { randomOf } from '../engine/item-random';
import { TransformStage } from '../engine/transform-stage';
import { checkShare } from '../util/check';
import { SelectTransform } from './select';

/** The options of `sample`. */
export interface SampleOptions extends OperationOptions {
  /** Drawn, and recorded, where it is not given. */
  seed?: number;
}

const OPTIONS: OptionTypes<SampleOptions> = { ...OPERATION_OPTIONS, seed: 'any' };

export function sample(parent: Node, share: number, options?: Options<SampleOptions>): Node {
  checkShare(share, 'share of sample');
  const given = optionsOf(options, 'sample', OPTIONS);
  const seed = seedOf({ kind: 'sample', parents: [parent], given });
  return defineNode({
    kind: 'sample',
    parents: [parent],
    options: given,
    recorded: { share, seed },
    length: () => (share === 0 ? exactly(0) : share === 1 ? parent.length() : atMost(parent.length())),
    open: ({ run, node, probe, parent: upstream }) => {
      const keep = (_: number, origin: Parameters<typeof randomOf>[1]): boolean =>
        randomOf(run, origin, seed, node.identity).next() < share;
      return new TransformStage(upstream(), new SelectTransform(run, keep), probe);
    },
  });
}
