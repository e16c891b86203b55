import { type Node, type Options, optionsOf } from '../graph/node';
import { seedOf } from '../graph/seed';
import { randomOf, repetitionOf } from '../engine/item-random';
import type { FunctionContext } from '../engine/user-function';
import type { Random } from '../util/random';
import type { OptionTypes } from '../util/options';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode, lengthWith } from './function-operator';

/** The options of `randomMap`. */
export interface RandomMapOptions extends FunctionOptions {
  /** Drawn, and recorded, where it is not given. */
  seed?: number;
}

const OPTIONS: OptionTypes<RandomMapOptions> = { ...FUNCTION_OPTIONS, seed: 'any' };

/**
 * Each item gets a generator of its own that depends on the seed, the operation's name, where the item came from and the
 * epoch; not on the order of execution, nor on what other operations there are.
 */
export function randomMap(parent: Node, fn: unknown, options?: Options<RandomMapOptions>): Node {
  const given = optionsOf(options, 'randomMap', OPTIONS);
  const seed = seedOf({ kind: 'randomMap', parents: [parent], given, fn });
  const call = fn as (value: unknown, random: Random, context: FunctionContext) => unknown;
  return functionNode({
    kind: 'randomMap',
    mode: 'map',
    parent,
    fn,
    options: given,
    recorded: { seed },
    length: lengthWith(given),
    usesOrigin: true,
    bind:
      ({ identity }, epoch, run) =>
      (value, context, origin) =>
        call(value, randomOf(run, origin!, seed, identity, epoch, repetitionOf(run, origin!)), context),
  });
}
