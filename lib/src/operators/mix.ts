import { joinedRows } from '../graph/row-rules';
import { addLengths, UNKNOWN, atMost } from '../graph/length';
import { defineNode } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/operation-options';
import type { OptionTypes } from '../util/options';
import { seedOf } from '../graph/seed';
import { Inlet } from '../engine/inlet';
import { type Picker, PickStage } from '../engine/pick-stage';
import { inWords } from '../util/check';
import { Random } from '../util/random';

/** The options of `Dataset.mix`. */
export interface MixOptions extends OperationOptions {
  /** The relative frequency of each dataset. Default: equal. */
  weights?: readonly number[];
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
  /**
   * Stop when the first dataset ends, so that the weights hold to the last item. Default false: the others continue.
   */
  stopOnEmpty?: boolean;
  /** Whether each run has another order. Default true. */
  reshuffleEachIteration?: boolean;
}

const OPTIONS: OptionTypes<MixOptions> = {
  ...OPERATION_OPTIONS,
  weights: 'list',
  seed: 'any',
  stopOnEmpty: 'boolean',
  reshuffleEachIteration: 'boolean',
};

export function mix(parents: readonly Node[], options?: Options<MixOptions>): Node {
  const given = optionsOf(options, 'mix', OPTIONS);
  const weights = given.weights ?? parents.map(() => 1);
  if (weights.length !== parents.length || !weights.every(isWeight))
    throw new TypeError(
      `invalid weights of mix: expected ${parents.length} numbers above 0, one for each dataset, got [${weights.map(inWords).join(', ')}]`,
    );
  const seed = seedOf({ kind: 'mix', parents, given });
  const stopOnEmpty = given.stopOnEmpty ?? false;
  const reshuffleEachIteration = given.reshuffleEachIteration ?? true;
  return defineNode({
    kind: 'mix',
    parents,
    options: given,
    recorded: { weights: [...weights], seed, stopOnEmpty, reshuffleEachIteration },
    draws: reshuffleEachIteration,
    rows: joinedRows(false),
    length: () => {
      const lengths = parents.map((parent) => parent.length());
      const sum = addLengths(lengths);
      if (!stopOnEmpty || lengths.length === 1) return sum;
      return sum.kind === 'infinite' && lengths.some(({ kind }) => kind !== 'infinite')
        ? UNKNOWN
        : stopOnEmptyLength(sum);
    },
    endless: parents[stopOnEmpty ? 'every' : 'some'](({ endless }) => endless),
    open: ({ epoch, node, probe, parent }) =>
      new PickStage(
        parents.map((_, i) => new Inlet(parent(i), probe)),
        new Weighted(weights, new Random(seed, node.identity, reshuffleEachIteration ? epoch : 0), stopOnEmpty),
        probe,
      ),
  });
}

const stopOnEmptyLength = (sum: ReturnType<typeof addLengths>): ReturnType<typeof addLengths> =>
  sum.kind === 'infinite' ? sum : atMost(sum);

class Weighted implements Picker {
  constructor(
    private readonly weights: readonly number[],
    private readonly random: Random,
    private readonly stopOnEmpty: boolean,
  ) {}

  pick(ended: readonly boolean[]): number {
    if (this.stopOnEmpty ? ended.some(Boolean) : ended.every(Boolean)) return -1;
    let total = 0;
    for (let i = 0; i < ended.length; i++) if (!ended[i]) total += this.weights[i]!;
    let rest = this.random.next() * total;
    let last = -1;
    for (let i = 0; i < ended.length; i++) {
      if (ended[i]) continue;
      last = i;
      if ((rest -= this.weights[i]!) < 0) break;
    }
    return last;
  }
}
const isWeight = (weight: unknown): boolean => typeof weight === 'number' && weight > 0 && weight < Infinity;
