import { lastOrigin, type Origin, rowOf, sourceOf } from '../engine/origin';
import type { Place } from '../engine/place';
import { RowSet } from '../engine/row-set';
import type { Run } from '../engine/run';
import type { Node } from '../graph/node';
import { differenceOf, type Recipe, recipeOf } from '../graph/recipe';
import { sourcesOf } from '../graph/sources';
import { upstreamOf } from '../graph/upstream';
import { inWords } from '../util/check';

/** Where an iterator is, as JSON: see `state()` of what `iterate` returns. Its members may be others tomorrow. */
export interface IteratorState {
  readonly type: 'stemma iterator state';
  readonly version: number;
  /** How many items were handed out, by this run and those that it continues. */
  readonly items: number;
  /** The id of the run in its document; null where it is not recorded. */
  readonly run: string | null;
  /** How the items are made, to see whether they still are. */
  readonly recipe: Recipe;
  /** The seed of each of its steps. */
  readonly seeds: readonly (number | null)[];
  /** The epoch of each operation that counts them. */
  readonly epochs: readonly number[];
  /** The row that the last item came from; null where the items have to be counted. */
  readonly last: { readonly source: number; readonly pass: number; readonly row: number } | null;
  /** The rows that reached a shuffle behind a filter, by its place among the steps. */
  readonly rows: { readonly [step: string]: string };
}

const TYPE = 'stemma iterator state';
const VERSION = 1;

/** What a state is made of. */
export interface Position {
  items: number;
  origin: Origin | null;
  run: Run;
  epochs: readonly number[];
}

/** @throws Error if the pipeline cannot be read a second time in the same way. */
export function stateOf(node: Node, { items, origin, run, epochs }: Position): IteratorState {
  const steps = upstreamOf(node);
  for (const { kind, label, readOnce, options } of steps) {
    if (readOnce !== null) throw refused(`${kind} "${label}": ${readOnce}`);
    if (options.ordered === false)
      throw refused(`${kind} "${label}" has ordered: false, so that another run hands out its items in another order`);
  }
  const at = origin === null ? null : lastOrigin(origin);
  const source = at === null ? undefined : run.sourceEntry(sourceOf(at));
  const index = (sourcesOf(node) as readonly object[]).indexOf(source?.key ?? {});
  const rows: { [step: string]: string } = {};
  for (const [step, key] of steps.entries())
    for (const notes of run.notedRows?.get(key) ?? []) {
      const noted = at === null ? null : notes.rowsAt(at);
      if (noted !== null) rows[step] = noted.toText();
    }
  return {
    type: TYPE,
    version: VERSION,
    items,
    run: run.record?.id ?? null,
    recipe: recipeOf(node),
    seeds: seedsOf(node),
    epochs,
    last: at === null || index < 0 ? null : { source: index, pass: source!.info.epoch, row: rowOf(at) },
    rows,
  };
}

/**
 * A state that `node` can go on from.
 *
 * @throws if it is none, or one of another pipeline; says of which step.
 */
export function checkedState(node: Node, given: unknown): IteratorState {
  const state = checkShape(given);
  const difference = differenceOf(state.recipe, recipeOf(node)) ?? otherSeed(node, state.seeds);
  if (difference !== null)
    throw new Error(
      `cannot resume: ${difference}; declare the dataset as it was, or begin again without the state, which is of ` +
        `item ${state.items}`,
    );
  return state;
}

/** Where stages go on; null where nothing was handed out. */
export function placeOf(node: Node, { items, last, rows }: IteratorState, run: Run): Place {
  const steps = upstreamOf(node) as readonly object[];
  return {
    run,
    count: items,
    source: (last === null ? undefined : sourcesOf(node)[last.source]) ?? {},
    pass: last?.pass ?? -1,
    row: last?.row ?? -1,
    again: [],
    rowsInto: (operation) => {
      const text = rows[steps.indexOf(operation)];
      return text === undefined ? null : RowSet.fromText(text).rows();
    },
  };
}

const seedsOf = (node: Node): (number | null)[] =>
  upstreamOf(node).map(({ options: { seed } }) => (typeof seed === 'number' ? seed : null));

function otherSeed(node: Node, seeds: readonly (number | null)[]): string | null {
  const now = seedsOf(node);
  const at = now.findIndex((seed, i) => seed !== seeds[i]);
  if (at < 0) return null;
  const { kind, label, declaration } = upstreamOf(node)[at]!;
  const drawn = declaration.hasDrawnSeed === true ? ', which was drawn' : '';
  return `the seed of ${kind} "${label}" was ${seeds[at]}, and is ${now[at]}${drawn} (pass seed: ${seeds[at]})`;
}

const refused = (why: string): Error => new Error(`this iterator has no state to resume from: ${why}`);

const EXPECTED = 'what state() of an iterator returned';

function checkShape(given: unknown): IteratorState {
  const state = Object(given) as Partial<IteratorState>;
  if (state.type !== TYPE)
    throw new TypeError(`invalid resume of iterate: expected ${EXPECTED}, got ${inWords(given)}`);
  const { version } = state;
  if (typeof version === 'number' && version > VERSION)
    throw new Error(
      `cannot resume: the state has version ${version}, and this Stemma reads up to version ${VERSION}; update it`,
    );
  const broken = Object.entries(MEMBERS).find(([name, isValid]) => !isValid(state[name as keyof IteratorState]));
  if (broken !== undefined)
    throw new TypeError(
      `invalid resume of iterate: the state is damaged: its member ${broken[0]} is ${inWords(state[broken[0] as keyof IteratorState])}; ` +
        `expected ${EXPECTED}`,
    );
  return state as IteratorState;
}

type Check = (value: unknown) => boolean;

const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf =
  (isMember: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isMember);
const isObject = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStep: Check = (value) =>
  isObject(value) && ['kind', 'name', 'options', 'code'].every((name) => typeof value[name] === 'string');

const MEMBERS: { readonly [name in keyof IteratorState]?: Check } = {
  version: (value) => value === VERSION,
  items: isCount,
  run: (value) => value === null || typeof value === 'string',
  recipe: (value) => isObject(value) && isListOf(isStep)(value.steps),
  seeds: isListOf((value) => value === null || Number.isInteger(value)),
  epochs: isListOf(isCount),
  last: (value) =>
    value === null || (isObject(value) && ['source', 'pass', 'row'].every((name) => isCount(value[name]))),
  rows: (value) => isObject(value) && Object.values(value).every(isRows),
};

function isRows(text: unknown): boolean {
  try {
    RowSet.fromText(text as string);
    return true;
  } catch {
    return false;
  }
}
