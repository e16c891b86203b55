import type { Node } from './node';
import { sourcesOf } from './sources';

/** Which rows of its sources a stream is made of, as far as that is known before a run. */
export interface Rows {
  count: number;
  /** The place of a row among them, from 0; -1 for one that is not among them. */
  at(source: object, row: number): number;
  /** Their items come one after the other in the order of their places. */
  inOrder: boolean;
  /** How many items come of each row; null where that differs, or only the run tells. */
  times: number | null;
  /** Behind a shard: the rows that all shards have together. What is dealt out by rows is dealt out of these, alike in each shard. */
  whole?: Rows | undefined;
}

/** More are not enumerated. */
const MOST_ROWS = 2 ** 24;

/** Rows of nodes that know better than their kind. */
const declared = new WeakMap<Node, () => Rows | null>();
const known = new WeakMap<Node, Rows | null>();

/** Says which rows `node` lets pass. */
export function declareRows(node: Node, rows: () => Rows | null): void {
  declared.set(node, rows);
}

/** The rows that `node` is made of; null where nobody knows how many its sources have. */
export function rowsOf(node: Node): Rows | null {
  let rows = known.get(node);
  if (rows !== undefined) return rows;
  rows = declared.get(node)?.() ?? rules[node.kind]?.(node) ?? rowsOfSources(node);
  known.set(node, rows);
  return rows;
}

type Rule = (node: Node) => Rows | null;

const before = (node: Node): Rows | null => rowsOf(node.parents[0]!);

/** All items pass, one for one. */
const all: Rule = (node) => {
  const rows = before(node);
  if (rows === null) return null;
  const { onError = 'throw', ordered = true } = node.options;
  const inOrder = rows.inOrder && ordered === true && onError === 'throw';
  return { ...rows, inOrder, times: onError === 'throw' ? rows.times : null };
};

/** All items pass, in another order. */
const reordered: Rule = (node) => {
  const rows = before(node);
  return rows && { ...rows, inOrder: false };
};

/** Some items pass, or several for one; which ones is seen in the run. */
const some: Rule = (node) => {
  const rows = before(node);
  return rows && { ...rows, inOrder: false, times: null };
};

/** Of rows in order each `step`th from `first` on, up to `end`. */
const stretch =
  (
    part: (node: Node) => { first: number; step: number; end: number } | null,
    otherwise: Rule,
    wholeOf: (rows: Rows) => Rows | undefined = () => undefined,
  ): Rule =>
  (node) => {
    const rows = before(node);
    const taken = part(node);
    if (rows === null || !rows.inOrder || taken === null) return otherwise(node);
    const { first, step, end } = taken;
    return {
      ...rows,
      count: Math.max(0, Math.ceil((Math.min(end, rows.count) - first) / step)),
      at: (source, row) => {
        const at = rows.at(source, row);
        return at < first || at >= end || (at - first) % step !== 0 ? -1 : (at - first) / step;
      },
      whole: wholeOf(rows),
    };
  };

/** One after the other, where no source leads to two of them. */
const joined =
  (inOrder: boolean): Rule =>
  (node) => {
    const parts = node.parents.map(rowsOf);
    const sources = node.parents.flatMap(sourcesOf);
    if (parts.includes(null) || new Set(sources).size < sources.length || node.options.stopOnEmpty === true)
      return null;
    return join(parts as Rows[], inOrder);
  };

function join(parts: readonly Rows[], inOrder: boolean): Rows | null {
  let count = 0;
  const firsts = parts.map((rows) => (count += rows.count) - rows.count);
  if (count > MOST_ROWS) return null;
  const times = parts[0]?.times ?? null;
  return {
    count,
    at: (source, row) => {
      for (const [i, rows] of parts.entries()) {
        const at = rows.at(source, row);
        if (at >= 0) return firsts[i]! + at;
      }
      return -1;
    },
    inOrder: inOrder && parts.every((rows) => rows.inOrder),
    times: parts.every((rows) => rows.times === times) ? times : null,
    ...(parts.some(({ whole }) => whole)
      ? {
          whole:
            join(
              parts.map((rows) => rows.whole ?? rows),
              false,
            ) ?? undefined,
        }
      : {}),
  };
}

const repeated: Rule = (node) => {
  const rows = before(node);
  const { count } = node.options;
  if (rows === null) return null;
  const times = typeof count === 'number' && rows.times !== null ? rows.times * count : null;
  return { ...rows, inOrder: rows.inOrder && count === 1, times };
};

/** An item of a zip is known by what its first dataset gave. */
const zipped: Rule = (node) => {
  const rows = before(node);
  const length = node.length();
  return rows?.times === 1 && length.kind === 'exact' && length.items === rows.count ? rows : null;
};

const batches = stretch(({ options, parents: [parent] }) => {
  const [size, length] = [options.size as number, parent!.length()];
  if (length.kind !== 'exact') return null;
  const whole = options.dropRemainder === true ? Math.floor(length.items / size) * size : length.items;
  return { first: 0, step: size, end: whole };
}, rowsOfSources);

/** By the kind of operation; of all others the rows are those of the sources, of which some may pass. */
const rules: { readonly [kind: string]: Rule } = {
  ...Object.fromEntries(
    ['map', 'randomMap', 'mapInWorkers', 'tap', 'enumerate', 'scan', 'prefetch', 'cache', 'epoch'].map((kind) => [
      kind,
      all,
    ]),
  ),
  shuffle: reordered,
  filter: some,
  flatMap: some,
  sample: some,
  sampleWeighted: some,
  takeWhile: some,
  skipWhile: some,
  distinct: some,
  take: stretch(({ options }) => ({ first: 0, step: 1, end: options.count as number }), some),
  skip: stretch(({ options }) => ({ first: options.count as number, step: 1, end: Infinity }), some),
  shard: stretch(
    ({ options }) => ({ first: options.index as number, step: options.count as number, end: Infinity }),
    some,
    (rows) => rows.whole ?? rows,
  ),
  batch: batches,
  paddedBatch: batches,
  concat: joined(true),
  // That of several datasets, or of those that a function makes.
  interleave: (node) => (node.options.cycleLength === undefined ? joined(false) : some)(node),
  mix: joined(false),
  repeat: repeated,
  zip: zipped,
};

function rowsOfSources(node: Node): Rows | null {
  const sources = sourcesOf(node).map(rowsOfSource);
  const rows = sources.includes(null) ? null : join(sources as Rows[], false);
  return rows === null || sources.length === 0 || node.parents.length === 0
    ? rows && { ...rows, inOrder: true }
    : { ...rows, times: null };
}

function rowsOfSource(source: Node): Rows | null {
  const length = source.length();
  if (length.kind !== 'exact' || length.items > MOST_ROWS) return null;
  return {
    count: length.items,
    at: (other, row) => (other === source && row < length.items ? row : -1),
    inOrder: true,
    times: 1,
  };
}
