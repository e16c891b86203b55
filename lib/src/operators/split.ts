import { countPassed } from '../graph/ancestors';
import { atMost } from '../graph/length';
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
import { pipelineError } from '../engine/errors';
import { firstOrigin, type Origin } from '../engine/origin';
import type { Run } from '../engine/run';
import { TransformStage } from '../engine/transform-stage';
import { checkFunction, checkShare } from '../util/check';
import { hashText, Random } from '../util/random';
import { SelectTransform } from './select';

/** The options of `split`. */
export interface SplitOptions<T = never> extends OperationOptions {
  /** Drawn, and recorded, where it is not given. */
  seed?: number;
  /** What belongs together, e.g. a patient's id: items of one key go to one part. Default: each item by where it came from. */
  by?: (item: T) => string | number;
}

const OPTIONS: OptionTypes<SplitOptions> = { ...OPERATION_OPTIONS, seed: 'any', by: 'function' };

/** A node for each part. Where an item goes depends on it and on the seed alone, never on the order, so that no item is ever in two parts. */
export function split<K extends string>(
  parent: Node,
  shares: { [name in K]: number },
  options?: Options<SplitOptions>,
): { [name in K]: Node } {
  const given = optionsOf(options, 'split', OPTIONS);
  const seed = seedOf({ kind: 'split', parents: [parent], given });
  // The parts of a part are dealt out anew, with the same seed too.
  const nested = countPassed([parent], ({ kind }) => kind === 'split');
  if (given.by !== undefined) checkFunction(given.by, 'by of split');
  const draw =
    given.by === undefined ? byOrigin(seed, nested) : byKey(seed, nested, given.by as (item: unknown) => unknown);
  const nodes = {} as { [name in K]: Node };
  let from = 0;
  for (const [part, share] of Object.entries<number>(shares)) {
    const low = from;
    const high = (from += checkShare(share, `share of "${part}"`));
    nodes[part as K] = defineNode({
      kind: 'split',
      parents: [parent],
      options: { ...given, identifier: given.identifier === undefined ? part : `${given.identifier} ${part}` },
      recorded: { part, share, seed, by: given.by === undefined ? 'origin' : 'key' },
      fn: given.by,
      length: () => atMost(parent.length()),
      open: ({ run, node, probe, parent: upstream }) => {
        const keep = (index: number, origin: Origin, input: unknown): boolean => {
          try {
            const at = draw(run, origin, input);
            return low <= at && at < high;
          } catch (error) {
            const { kind, label } = node;
            throw pipelineError(error, { kind, label, index, origin: run.describeOrigin(origin), input });
          }
        };
        return new TransformStage(upstream(), new SelectTransform(run, keep), probe);
      },
    });
  }
  if (from > 1 + 1e-9) throw new TypeError(`invalid shares of split: together they are ${from}, which is more than 1`);
  return nodes;
}

type Draw = (run: Run, origin: Origin, value: unknown) => number;

/** What was made of one item stays together, as do its repetitions. */
const byOrigin =
  (seed: number, nested: number): Draw =>
  (run, origin) =>
    randomOf(run, firstOrigin(origin), seed, nested).next();

const byKey =
  (seed: number, nested: number, by: (item: unknown) => unknown): Draw =>
  (_run, _origin, value) =>
    new Random(seed, nested, hashText(String(by(value)))).next();
