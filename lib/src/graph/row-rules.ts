import type { Node } from './node';
import type { Rows } from './rows';
import { sourcesOf } from './sources';

/** More are not enumerated. */
const MOST_ROWS = 2 ** 24;

const known = new WeakMap<Node, Rows | null>();

/** The rows that `node` is made of; null where nobody knows how many its sources have. */
export function rowsOf(node: Node): Rows | null {
  let rows = known.get(node);
  if (rows !== undefined) return rows;
  rows = node.rows() ?? rowsOfSources(node);
  known.set(node, rows);
  return rows;
}

/** How many items `node` has, where these are the first rows of one source, in their order; else null. */
export function firstRowsInOrder(node: Node): number | null {
  const [rows, sources] = [rowsOf(node), sourcesOf(node)];
  if (rows === null || rows.count === 0 || !rows.inOrder || rows.times !== 1 || sources.length !== 1) return null;
  const last = rows.count - 1;
  return rows.at(sources[0]!, 0) === 0 && rows.at(sources[0]!, last) === last ? rows.count : null;
}

/** Which rows an operation is made of, for its definition; null where only the sources tell. */
type Rule = (node: Node) => Rows | null;

/** The rows of what is before an operation. */
export const rowsBefore: Rule = (node) => rowsOf(node.parents[0]!);

/** All items pass, one for one. */
export const allRows: Rule = (node) => {
  const rows = rowsBefore(node);
  if (rows === null) return null;
  const { onError = 'throw', ordered = true } = node.options;
  const inOrder = rows.inOrder && ordered === true && onError === 'throw';
  return { ...rows, inOrder, times: onError === 'throw' ? rows.times : null };
};

/** All items pass, in another order. */
export const reorderedRows: Rule = (node) => {
  const rows = rowsBefore(node);
  return rows && { ...rows, inOrder: false };
};

/** Some items pass, or several for one; which ones is seen in the run. */
export const someRows: Rule = (node) => {
  const rows = rowsBefore(node);
  return rows && { ...rows, inOrder: false, times: null };
};

/** Of rows in order each `step`th from `first` on, up to `end`. */
export const stretchOfRows =
  (
    part: () => { first: number; step: number; end: number } | null,
    otherwise: Rule = () => null,
    wholeOf: (rows: Rows) => Rows | undefined = () => undefined,
  ): Rule =>
  (node) => {
    const rows = rowsBefore(node);
    const taken = part();
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
export const joinedRows =
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
