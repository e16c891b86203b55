import { checkDraws } from '../graph/described-function';
import { allRows } from '../graph/row-rules';
import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { seedOf } from '../graph/seed';
import { itemGenerators } from './item-generators';
import type { FunctionContext } from '../engine/user-function';
import type { Random } from '../util/random';
import type { OptionTypes } from '../util/options';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode, lengthWith } from './function-operator';

/** The options of `randomMap`. */
export interface RandomMapOptions extends FunctionOptions {
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
  /** Whether each run has other random numbers. False for a validation set, for example. Default true. */
  reshuffleEachIteration?: boolean;
}

/** Their names, for `optionsOf`. */
export const RANDOM_MAP_OPTIONS: OptionTypes<RandomMapOptions> = {
  ...FUNCTION_OPTIONS,
  seed: 'any',
  reshuffleEachIteration: 'boolean',
};

/**
 * Each item gets a generator of its own that depends on the seed, the operation's name, where the item came from and
 * the epoch; not on the order of execution, nor on what other operations there are.
 */
export function randomMap(parent: Node, fn: unknown, options?: Options<RandomMapOptions>): Node {
  const given = optionsOf(options, 'randomMap', RANDOM_MAP_OPTIONS);
  checkDraws(fn, 'randomMap');
  const seed = seedOf({ kind: 'randomMap', parents: [parent], given, fn });
  const reshuffleEachIteration = given.reshuffleEachIteration ?? true;
  const call = fn as (value: unknown, random: Random, context: FunctionContext) => unknown;
  return functionNode({
    kind: 'randomMap',
    mode: 'map',
    parent,
    fn,
    options: given,
    recorded: { seed, reshuffleEachIteration },
    draws: reshuffleEachIteration,
    rows: allRows,
    length: lengthWith(given),
    usesOrigin: true,
    bind: (context) => {
      const randomOf = itemGenerators(context, seed, reshuffleEachIteration);
      return (value, info, origin) => call(value, randomOf(origin!), info);
    },
  });
}
