import type { OpenContext } from '../graph/node';
import { randomOf, repetitionOf } from './item-random';
import type { Origin } from '../engine/origin';
import type { Random } from '../util/random';

/** The generators of the items in one pass of an operation; always those of epoch 0 unless `reshuffleEachIteration`. */
export function itemGenerators(
  { run, node: { identity }, epoch, pass, epochs }: OpenContext,
  seed: number,
  reshuffleEachIteration: boolean,
): (origin: Origin) => Random {
  if (!reshuffleEachIteration) return (origin) => randomOf(run, origin, seed, identity, 0, 0);
  // What the repetitions of a source are counted from, so that three of them draw what three runs do.
  const first = epoch - pass - epochs.firstPass;
  return (origin) => randomOf(run, origin, seed, identity, epoch, first + repetitionOf(run, origin));
}
