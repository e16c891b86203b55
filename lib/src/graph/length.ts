import { plural } from '../util/plural';
import type { Length } from 'stemma-document';

/** Arithmetic on lengths: exact, an upper bound, unknown, infinite. */

export const exactly = (items: number): Length => ({ kind: 'exact', items });
export const isExactly = (length: Length, items: number): boolean => length.kind === 'exact' && length.items === items;

/** A length of `items` items or, depending on `kind`, of at most as many; unknown beyond the exact integers. */
const counted = (kind: 'exact' | 'atMost', items: number): Length =>
  Number.isSafeInteger(items) ? { kind, items } : UNKNOWN;

export const UNKNOWN: Length = { kind: 'unknown' };
export const INFINITE: Length = { kind: 'infinite' };

/** After an operation that may leave items out. */
export function atMost(length: Length): Length {
  return length.kind === 'exact' && length.items > 0
    ? { kind: 'atMost', items: length.items }
    : length.kind === 'infinite'
      ? UNKNOWN
      : length;
}

/** After an operation that emits `f(n)` items for n; `f` grows with n. */
export function mapLength(length: Length, f: (items: number) => number): Length {
  return length.kind === 'exact' || length.kind === 'atMost' ? counted(length.kind, f(length.items)) : length;
}

export function addLengths(lengths: readonly Length[]): Length {
  if (lengths.some((length) => length.kind === 'infinite')) return INFINITE;
  let items = 0;
  let bound = false;
  for (const length of lengths) {
    if (length.kind !== 'exact' && length.kind !== 'atMost') return UNKNOWN;
    items += length.items;
    bound ||= length.kind === 'atMost';
  }
  return counted(bound ? 'atMost' : 'exact', items);
}

/** Of streams that are read side by side, until the first of them ends or the last. */
export function zipLengths(lengths: readonly Length[], ends: 'together' | 'shortest' | 'longest'): Length {
  if (ends === 'longest') return longestOf(lengths);
  const finite = lengths.filter(({ kind }) => kind !== 'infinite');
  if (finite.length === 0) return lengths.length === 0 ? exactly(0) : INFINITE;
  const bounds = finite.flatMap((length) => ('items' in length ? length.items : []));
  if (bounds.length === 0) return UNKNOWN;
  const items = Math.min(...bounds);
  return { kind: items === 0 || finite.every(({ kind }) => kind === 'exact') ? 'exact' : 'atMost', items };
}

function longestOf(lengths: readonly Length[]): Length {
  if (lengths.some(({ kind }) => kind === 'infinite')) return INFINITE;
  if (lengths.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  const most = (all: readonly Length[]): number =>
    Math.max(0, ...all.map((length) => ('items' in length ? length.items : 0)));
  const items = most(lengths);
  const isExact = most(lengths.filter(({ kind }) => kind === 'exact')) === items;
  return { kind: isExact ? 'exact' : 'atMost', items };
}

/** After `take(count)`. */
export function takeLength(length: Length, count: number): Length {
  if (count === 0) return exactly(0);
  if (length.kind === 'infinite') return exactly(count);
  if (length.kind === 'unknown') return { kind: 'atMost', items: count };
  return mapLength(length, (items) => Math.min(items, count));
}

/** After `repeat(count)`; `count` may be infinite. */
export function repeatLength(length: Length, count: number): Length {
  const empty = length.kind === 'exact' && length.items === 0;
  if (count === 0 || empty) return exactly(0);
  if (Number.isFinite(count)) return mapLength(length, (items) => items * count);
  return length.kind === 'exact' || length.kind === 'infinite' ? INFINITE : UNKNOWN;
}

/** For people: `5 items`, `at most 5 items`. */
export function countOf(length: Length): string {
  switch (length.kind) {
    case 'exact':
      return plural(length.items, 'item');
    case 'atMost':
      return `at most ${plural(length.items, 'item')}`;
    case 'infinite':
      return 'endless';
    default:
      return 'of unknown length';
  }
}
