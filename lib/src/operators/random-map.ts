import { type Node, type Options, optionsOf } from '../graph/node';
import { firstOrigin, rowOf } from '../engine/origin';
import type { FunctionContext } from '../engine/user-function';
import { drawSeed, hashText, Random } from '../util/random';
import { type FunctionOptions, functionNode } from './function-operator';
import { lengthWith } from './map';

export interface RandomMapOptions extends FunctionOptions {
  /** Drawn, and recorded, where it is not given. */
  seed?: number;
}

/**
 * Each item gets a generator of its own that depends on the seed, the operation's label, where the item came from and the
 * epoch; not on the order of execution, nor on what other operations there are.
 */
export function randomMap(parent: Node, fn: unknown, options?: Options<RandomMapOptions>): Node {
  const seed = optionsOf(options).seed ?? drawSeed();
  const call = fn as (value: unknown, random: Random, context: FunctionContext) => unknown;
  return functionNode({
    kind: 'randomMap',
    mode: 'map',
    parent,
    fn,
    options,
    recorded: { seed },
    length: lengthWith(options),
    bind: (node, epoch, run) => {
      const identity = hashText(node.label);
      return (value, context, origin) => {
        const key = firstOrigin(origin);
        return call(value, new Random(seed, identity, epoch, run.sourceIdentity(key), rowOf(key)), context);
      };
    },
  });
}
