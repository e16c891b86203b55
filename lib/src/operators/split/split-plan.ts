import type { Chunk } from '../../engine/chunk';
import { firstOrigin, type Origin, rowOf, sourceOf } from '../../engine/origin';
import { pipelineError } from '../../engine/errors';
import type { Run } from '../../engine/run';
import { inWords } from '../../util/check';
import { hashText, Random } from '../../util/random';
import { dealOut, sizesOf, Stretches } from '../deal';
import { plural } from '../../util/plural';

/** How the items of a dataset are dealt out by a key of theirs, once all of them were seen. */
export interface SplitPlan {
  readonly ready: boolean;
  /** A pass over all items begins. */
  begin(): PlanPass;
  /** The part that an item goes to: its index plus 1; 0 for none. */
  partOf(run: Run, origin: Origin, item: unknown): number;
}

export interface PlanPass {
  add(run: Run, chunk: Chunk, first: number): void;
  end(): void;
}

/** What a plan deals out. */
export interface PlanOptions {
  key: (item: unknown) => unknown;
  /** For people. */
  kind: 'stratify' | 'groupBy';
  label: string;
  /** Of the whole, or as many items as they say. */
  shares: readonly number[];
  areCounts: boolean;
  seeds: readonly number[];
}

/** A source, and a row of it. */
type Unit = [source: object, row: number];

const unitOf = (run: Run, origin: Origin): Unit => {
  const first = firstOrigin(origin);
  return [run.sourceEntry(sourceOf(first))?.key ?? run, rowOf(first)];
};

/** The key of an item, as a text that is another one for each type. */
function keyOf(
  { key, kind, label }: PlanOptions,
  run: Run,
  origin: Origin,
  input: unknown,
  index: number | null,
): string {
  try {
    const value = key(input);
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw new TypeError(`expected a text, a number or true or false from ${kind}, got ${inWords(value)}`);
    return `${typeof value} ${String(value)}`;
  } catch (error) {
    throw pipelineError(error, { kind: 'split', label, index, origin: run.describeOrigin(origin), input });
  }
}

function targetsOf({ shares, areCounts, kind }: PlanOptions, items: number): number[] {
  if (!areCounts) return sizesOf(items, shares);
  const wanted = shares.reduce((sum, count) => sum + count, 0);
  if (wanted > items && kind === 'stratify')
    throw new RangeError(`the parts want ${plural(wanted, 'item')}, and there are ${items}`);
  return [...shares];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Each key's items in the same relation; all parts of the size that they are to have. What was made of one row stays
 * together.
 */
export class StratifiedPlan implements SplitPlan {
  #parts: Map<object, Map<number, number>> | null = null;

  constructor(
    private readonly options: PlanOptions,
    /** The place of a source among those before the split, which do not depend on the order of items. */
    private readonly placeOf: (source: object) => number,
  ) {}

  get ready(): boolean {
    return this.#parts !== null;
  }

  begin(): PlanPass {
    const seen = new Map<object, Set<number>>();
    const strata = new Map<string, Unit[]>();
    return {
      add: (run, { values, origins }, first) => {
        for (const [i, value] of values.entries()) {
          const unit = unitOf(run, origins[i]!);
          let rows = seen.get(unit[0]);
          if (rows === undefined) seen.set(unit[0], (rows = new Set()));
          if (rows.has(unit[1])) continue;
          rows.add(unit[1]);
          const key = keyOf(this.options, run, origins[i]!, value, first + i);
          const stratum = strata.get(key);
          if (stratum === undefined) strata.set(key, [unit]);
          else stratum.push(unit);
        }
      },
      end: () => (this.#parts = this.#dealt(strata)),
    };
  }

  #dealt(strata: ReadonlyMap<string, Unit[]>): Map<object, Map<number, number>> {
    const parts = new Map<object, Map<number, number>>();
    const count = [...strata.values()].reduce((sum, units) => sum + units.length, 0);
    const stretches = new Stretches(targetsOf(this.options, count), count);
    for (const [key, units] of [...strata].sort(([a], [b]) => byText(a, b))) {
      units.sort((a, b) => this.placeOf(a[0]) - this.placeOf(b[0]) || a[1] - b[1]);
      const dealt = dealOut(
        units.length,
        stretches.next(units.length),
        new Random(...this.options.seeds, hashText(key)),
      );
      for (const [i, [source, row]] of units.entries()) {
        let rows = parts.get(source);
        if (rows === undefined) parts.set(source, (rows = new Map()));
        rows.set(row, dealt[i]!);
      }
    }
    return parts;
  }

  partOf(run: Run, origin: Origin): number {
    const [source, row] = unitOf(run, origin);
    return this.#parts!.get(source)?.get(row) ?? notSeen(this.options);
  }
}

/** All items of one key go to one part, which has as nearly its size as the keys allow. */
export class GroupedPlan implements SplitPlan {
  #parts: Map<string, number> | null = null;

  constructor(private readonly options: PlanOptions) {}

  get ready(): boolean {
    return this.#parts !== null;
  }

  begin(): PlanPass {
    const groups = new Map<string, number>();
    return {
      add: (run, { values, origins }, first) => {
        for (const [i, value] of values.entries()) {
          const key = keyOf(this.options, run, origins[i]!, value, first + i);
          groups.set(key, (groups.get(key) ?? 0) + 1);
        }
      },
      end: () => (this.#parts = this.#dealt(groups)),
    };
  }

  /** In random order, each group to the part that lacks most. */
  #dealt(groups: ReadonlyMap<string, number>): Map<string, number> {
    const items = [...groups.values()].reduce((sum, size) => sum + size, 0);
    const targets = targetsOf(this.options, items);
    // Index 0: the items of no part.
    const lacking = [items - targets.reduce((sum, target) => sum + target, 0), ...targets];
    const random = new Random(...this.options.seeds);
    const inOrder = [...groups]
      .sort(([a], [b]) => byText(a, b))
      .map(([key, size]) => ({ key, size, at: random.next() }));
    const parts = new Map<string, number>();
    for (const { key, size } of inOrder.sort((a, b) => a.at - b.at)) {
      const part = lacking.indexOf(Math.max(...lacking));
      lacking[part]! -= size;
      parts.set(key, part);
    }
    return parts;
  }

  partOf(run: Run, origin: Origin, item: unknown): number {
    return this.#parts!.get(keyOf(this.options, run, origin, item, null)) ?? notSeen(this.options);
  }
}

function notSeen({ kind }: PlanOptions): never {
  throw new Error(
    `this item was not there, or had another key, when ${kind} read the dataset (what is before a split must be the same in each run)`,
  );
}
