import { someRows } from '../../graph/row-rules';
import type { Node } from '../../graph/node';
import { type Options, optionsOf } from '../../graph/operation-options';
import { InterleaveStage } from './interleave-stage';
import { checkCount } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { expandingCall, unlessEmpty } from '../flat-map';
import { FUNCTION_OPTIONS, type FunctionOptions, functionNode } from '../function-operator';

/** The options of the method `interleave`. */
export interface InterleaveMapOptions extends FunctionOptions {
  /** The number of streams open at once. Default 4 on every machine; tf.data uses the number of cores. */
  cycleLength?: number;
  /** The number of items taken from a stream before the next one. Default 1. */
  blockLength?: number;
}

const OPTIONS: OptionTypes<InterleaveMapOptions> = { ...FUNCTION_OPTIONS, cycleLength: 'any', blockLength: 'any' };

export function interleaveMap(parent: Node, fn: unknown, options?: Options<InterleaveMapOptions>): Node {
  const given = optionsOf(options, 'interleave', OPTIONS);
  const { cycleLength = 4, blockLength = 1 } = given;
  checkCount(cycleLength, 'cycleLength', 1);
  checkCount(blockLength, 'blockLength', 1);
  return functionNode({
    kind: 'interleave',
    mode: 'map',
    parent,
    fn,
    options: given,
    recorded: { cycleLength, blockLength },
    rows: someRows,
    length: unlessEmpty,
    nests: true,
    bind: (context) => expandingCall(fn, context),
    then: (stage, userFunction, probe, epoch) =>
      new InterleaveStage(stage, userFunction, cycleLength, blockLength, probe, epoch),
  });
}
