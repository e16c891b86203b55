import type { Row } from './rows';

/** A line from one row to another: down its lane, and over to the other row's in the last step. */
export interface Link {
  from: number;
  to: number;
  lane: number;
  uses: boolean;
}

/**
 * Where rows and the lines between them stand, as in a log of commits: a lane is free again below the last row that
 * takes from it.
 */
export function lanesOf(rows: readonly Row[]): { lanes: number[]; links: Link[]; width: number } {
  const last = rows.map((_, from) =>
    rows.reduce((max, row, to) => (row.inputs.includes(from) || row.uses.includes(from) ? to : max), from),
  );
  const lanes: number[] = [];
  const links: Link[] = [];
  /** By lane: the row down to which it is taken. */
  const taken: number[] = [];
  rows.forEach((row, at) => {
    for (const from of [...row.inputs, ...row.uses])
      links.push({ from, to: at, lane: lanes[from]!, uses: row.uses.includes(from) });
    const isFree = (lane: number): boolean => (taken[lane] ?? -1) <= at;
    const inherited = row.inputs.map((from) => lanes[from]!).find(isFree);
    let lane = inherited ?? 0;
    while (!isFree(lane)) lane++;
    lanes.push(lane);
    taken[lane] = last[at]!;
  });
  return { lanes, links, width: taken.length };
}
