import type { Moment } from '../model/throughput';

/** How many parts a strip has: each is a few pixels wide. */
const PARTS = 48;

/**
 * How many items passed in each of equal parts of a time, against the part with the most: from 0 to 1. `series`: of
 * each step, what had passed at which moment. Empty where fewer than three parts have a moment, which is too little to
 * tell.
 */
export function heatStrip(series: readonly (readonly Moment[])[], fromMs: number, toMs: number): number[] {
  const partMs = (toMs - fromMs) / PARTS;
  const partOf = (atMs: number): number => Math.min(PARTS - 1, Math.max(0, (atMs - fromMs) / partMs));
  const seen = new Set(series.flatMap((moments) => moments.map(({ atMs }) => Math.floor(partOf(atMs)))));
  if (!(partMs > 0) || seen.size < 3) {
    return [];
  }
  const parts = new Array<number>(PARTS).fill(0);
  for (const moments of series) {
    let before: Moment = { atMs: fromMs, items: 0 };
    for (const moment of moments) {
      spread(parts, partOf(before.atMs), partOf(moment.atMs), Math.max(0, moment.items - before.items));
      before = moment;
    }
  }
  const most = Math.max(...parts);
  return most > 0 ? parts.map((items) => items / most) : [];
}

/** Shares items out over the parts from one place to another, each by how much of it lies in between. */
function spread(parts: number[], from: number, to: number, items: number): void {
  if (to <= from) {
    parts[Math.floor(to)]! += items;
    return;
  }
  for (let part = Math.floor(from); part <= Math.floor(to); part++) {
    const length = Math.min(to, part + 1) - Math.max(from, part);
    parts[part]! += (items * length) / (to - from);
  }
}
