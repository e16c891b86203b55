import { someRows } from '../graph/row-rules';
import { atMost } from '../graph/length';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { seedOf } from '../graph/seed';
import { isThenable } from '../engine/thenable';
import { itemGenerators } from './item-generators';
import type { Call } from '../engine/user-function';
import { inWords } from '../util/check';
import { functionNode } from './function-operator';
import { RANDOM_MAP_OPTIONS, type RandomMapOptions } from './random-map';

/** Each item is kept with a probability of its own, by its own generator. */
export function sampleWeighted(parent: Node, weight: unknown, options?: Options<RandomMapOptions>): Node {
  const given = optionsOf(options, 'sampleWeighted', RANDOM_MAP_OPTIONS);
  const seed = seedOf({ kind: 'sampleWeighted', parents: [parent], given, fn: weight });
  const reshuffleEachIteration = given.reshuffleEachIteration ?? true;
  return functionNode({
    kind: 'sampleWeighted',
    mode: 'filter',
    parent,
    fn: weight,
    options: given,
    recorded: { seed, reshuffleEachIteration },
    draws: reshuffleEachIteration,
    rows: someRows,
    length: atMost,
    usesOrigin: true,
    bind: (context) => {
      const randomOf = itemGenerators(context, seed, reshuffleEachIteration);
      return (value, info, origin) => {
        const keeps = (its: unknown): boolean => randomOf(origin!).next() < checkedWeight(its);
        const its = (weight as Call)(value, info);
        return isThenable(its) ? its.then(keeps) : keeps(its);
      };
    },
  });
}

function checkedWeight(weight: unknown): number {
  if (typeof weight !== 'number' || !(weight >= 0 && weight <= 1))
    throw new RangeError(
      `the weight is the probability that the item is kept: expected a number from 0 to 1, got ${inWords(weight)} ` +
        `(divide weights by the greatest one)`,
    );
  return weight;
}
