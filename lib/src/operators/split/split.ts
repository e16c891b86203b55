import { countPassed } from '../../graph/ancestors';
import { neverEnds } from '../../graph/endless';
import { ChosenEpoch } from '../../graph/epochs';
import { atMost, exactly } from '../../graph/length';
import { defineNode } from '../../graph/define-node';
import type { Node, OpenContext } from '../../graph/node';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import type { Rows } from '../../graph/rows';
import { rowsOf } from '../../graph/row-rules';
import { warnIfMixed } from '../../graph/reshuffled';
import { seedOf } from '../../graph/seed';
import { sourcesOf } from '../../graph/sources';
import { warn } from '../../graph/warnings';
import { pipelineError } from '../../engine/errors';
import type { Origin } from '../../engine/origin';
import { PlannedStage } from './planned-stage';
import type { Run } from '../../engine/run';
import { TransformStage } from '../../engine/transform-stage';
import { kindOf, type Length } from 'stemma-document';
import { now } from '../../util/clock';
import { inWords } from '../../util/check';
import { setField } from '../../util/set-field';
import type { OptionTypes } from '../../util/options';
import { RowDeal } from '../row-deal';
import { SelectTransform } from '../select';
import { GroupedPlan, type SplitPlan, StratifiedPlan } from './split-plan';
import { plural } from '../../util/plural';

/** The options of `split`. */
export interface SplitOptions<T = never> extends OperationOptions {
  /** The seed. Default: a random one, which is recorded. */
  seed?: number;
  /**
   * Returns the key to stratify by, such as a label: each part gets the same proportion of each key. The dataset is
   * read to its end once before a part emits its first item.
   */
  stratify?: (item: T) => string | number | boolean;
  /**
   * Returns the key of items that belong together, such as a patient's id: they go to one part. Parts come as close to
   * their sizes as the keys allow. The dataset is read to its end once before a part emits its first item.
   */
  groupBy?: (item: T) => string | number | boolean;
}

const OPTIONS: OptionTypes<SplitOptions> = {
  ...OPERATION_OPTIONS,
  seed: 'any',
  stratify: 'function',
  groupBy: 'function',
};

/**
 * Returns a node for each part. Everything is checked before the first one is declared. The part of an item depends on
 * its origin and the seed, never on the order, so no item is ever in two parts.
 */
export function split<K extends string>(
  parent: Node,
  shares: { [name in K]: number },
  options?: Options<SplitOptions>,
): { [name in K]: Node } {
  const given = optionsOf(options, 'split', OPTIONS);
  const { names, values, areCounts } = partsOf(shares);
  const { stratify, groupBy } = given;
  const key = stratify ?? groupBy;
  checkKeys(parent, given);
  const rows = rowsOf(parent);
  if (areCounts && key === undefined) checkCounts(values, rows, parent);
  const seed = seedOf({ kind: 'split', parents: [parent], given });
  // The parts of a part are drawn again, even with the same seed.
  const seeds = [seed, countPassed([parent], ({ kind }) => kind === 'split')];
  const deal = key === undefined ? new RowDeal(rows, sourcesOf(parent), values, areCounts, seeds) : null;
  const by = stratify !== undefined ? 'stratify' : groupBy !== undefined ? 'groupBy' : 'origin';
  const nodes = {} as { [name in K]: Node };
  let plan: SplitPlan | null = null;
  for (const [index, part] of names.entries()) {
    const part1 = index + 1;
    const node = defineNode({
      kind: 'split',
      parents: [parent],
      options: { ...given, identifier: given.identifier === undefined ? part : `${given.identifier} ${part}` },
      recorded: { part, [areCounts ? 'count' : 'share']: values[index]!, seed, by },
      fn: key,
      readsAllFirst: key !== undefined,
      rows: () => deal?.rowsOf(part1) ?? null,
      length: () => lengthOf(parent.length(), rows, deal?.sizes?.[index] ?? null),
      open: (context) => {
        if (deal !== null) return select(context, (run, origin) => deal.partOf(run, origin) === part1);
        const planned = (plan ??= planFor(context.node));
        return planFirst(context, planned, part1);
      },
    });
    // Those of a shard are counted when they are asked for: all rows of the whole are dealt out for it.
    const size = rows?.whole === undefined ? deal?.sizes?.[index] : undefined;
    if (size === 0 && values[index]! > 0) warnOfEmpty(node, part, rows!.count);
    warnIfMixed(node);
    if (index === 0 && (key !== undefined || areCounts) && rows?.whole !== undefined) warn(node, SHARD_ALONE);
    setField(nodes, part, node);
  }
  return nodes;

  function planFor({ label }: Node): SplitPlan {
    const kind = stratify === undefined ? 'groupBy' : 'stratify';
    const chosen = { key: key as (item: unknown) => unknown, kind, label, shares: values, areCounts, seeds } as const;
    const sources: readonly object[] = sourcesOf(parent);
    return kind === 'groupBy' ? new GroupedPlan(chosen) : new StratifiedPlan(chosen, (at) => sources.indexOf(at));
  }
}

/** Whether the parts can be dealt out as the options ask for. */
function checkKeys(parent: Node, { stratify, groupBy }: Partial<SplitOptions>): void {
  if (stratify !== undefined && groupBy !== undefined)
    throw new TypeError('invalid options of split: both stratify and groupBy (one of them can be kept)');
  if (parent.endless && (stratify ?? groupBy) !== undefined)
    throw neverEnds(stratify === undefined ? 'groupBy' : 'stratify', parent);
  if (groupBy === undefined && countPassed([parent], ({ kind }) => kindOf(kind)?.hidesRows === true) > 0)
    throw new TypeError(
      'split deals out the rows of the sources, and behind through it is not known which items come of which rows; ' +
        'split before it, or pass groupBy',
    );
}

const SHARD_ALONE =
  'it deals out this shard alone: a row may be in another part in the whole or with another number of shards; ' +
  'split before shard';

function warnOfEmpty(node: Node, part: string, rows: number): void {
  if (rows > 0) warn(node, `the part "${part}" is too small a share to have one of ${plural(rows, 'item')}`);
}

type Keep = (run: Run, origin: Origin, item: unknown) => boolean;

function select({ run, node, probe, parent }: OpenContext, keep: Keep): TransformStage {
  const transform = new SelectTransform(run, (index, origin, input) => {
    try {
      return keep(run, origin, input);
    } catch (error) {
      const { kind, label } = node;
      throw pipelineError(error, { kind, label, index, origin: run.describeOrigin(origin), input });
    }
  });
  return new TransformStage(parent(), transform, probe);
}

function planFirst(context: OpenContext, plan: SplitPlan, part: number): PlannedStage {
  const { run, node, probe, epochs } = context;
  const pass = plan.begin();
  const planning = (work: () => void): void => {
    const startedMs = now();
    try {
      work();
    } catch (error) {
      const failure = pipelineError(error, { kind: 'split', label: node.label, index: null, origin: null });
      probe?.fail(failure);
      throw failure;
    } finally {
      probe?.spend(now() - startedMs);
    }
  };
  return new PlannedStage(
    // Always the first epoch: the parts must not depend on which run came first.
    plan.ready ? null : () => context.parent(0, 0, new ChosenEpoch(0, epochs.firstPass)),
    (chunk, index) => planning(() => pass.add(run, chunk, index)),
    () => planning(() => pass.end()),
    () => select(context, (_, origin, item) => plan.partOf(run, origin, item) === part),
    run,
  );
}

interface Parts {
  names: string[];
  values: number[];
  areCounts: boolean;
}

/** Shares of the whole, or counts: these where one is more than 1. */
function partsOf(shares: { [name: string]: number }): Parts {
  const expected = 'expected a share of the whole or a count for each part by its name, e.g. { train: 0.8, test: 0.2 }';
  if (typeof shares !== 'object' || shares === null || Array.isArray(shares))
    throw new TypeError(`invalid parts of split: ${expected}, got ${inWords(shares)}`);
  const names = Object.keys(shares);
  if (names.length === 0) throw new TypeError(`invalid parts of split: ${expected}, got none`);
  const values = Object.values(shares);
  const areCounts = values.some((value) => typeof value === 'number' && value > 1);
  for (const [i, value] of values.entries()) {
    const isRight = areCounts ? Number.isSafeInteger(value) && value >= 0 : typeof value === 'number' && value >= 0;
    if (isRight) continue;
    const needed = areCounts ? 'a whole number, as one part has a count above 1' : 'a number from 0 to 1';
    throw new TypeError(
      `invalid ${areCounts ? 'count' : 'share'} of "${names[i]}" in split: expected ${needed}, got ${inWords(value)}`,
    );
  }
  const sum = values.reduce((total, value) => total + value, 0);
  if (!areCounts && sum > 1 + 1e-9)
    throw new TypeError(`invalid shares of split: together they are ${sum}, which is more than 1`);
  return { names, values, areCounts };
}

function checkCounts(counts: readonly number[], rows: Rows | null, parent: Node): void {
  if (rows?.times !== 1)
    throw new TypeError(
      `invalid parts of split: counts need a dataset whose number of items is known before the run, which that of ${parent.kind} ` +
        `"${parent.label}" is not (use shares, or split before what leaves items out or makes several of one)`,
    );
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum > rows.count)
    throw new RangeError(
      `invalid counts of split: together they are ${sum}, but the dataset has ${plural(rows.count, 'item')}`,
    );
}

function lengthOf(whole: Length, rows: Rows | null, size: number | null): Length {
  if (whole.kind !== 'exact' || rows === null || rows.times === null || size === null) return atMost(whole);
  return exactly(size * rows.times);
}
