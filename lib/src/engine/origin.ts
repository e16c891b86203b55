/**
 * The key that an item carries from its source through every operation. For an item of its own it is one number,
 * `source * 2^38 + row`, so that carrying it costs next to nothing; a batch has the list of its items' origins.
 */
export type Origin = number | Part | readonly Origin[];

/** One of several items that were made of one. */
export class Part {
  constructor(
    readonly of: Origin,
    /** Which of them, from 0. */
    readonly index: number,
  ) {}
}

const ROWS = 2 ** 38;

/** `source`: the ordinal of the source in its run. `row`: the index of the item in that source. */
export function originOf(source: number, row: number): number {
  return source * ROWS + row;
}

export function sourceOf(origin: number): number {
  return Math.floor(origin / ROWS);
}

export function rowOf(origin: number): number {
  return origin % ROWS;
}

/** The first item's origin, for a batch of any depth; -1 for an empty one. */
export function firstOrigin(origin: Origin): number {
  let at: Origin | undefined = origin;
  while (typeof at === 'object') at = at instanceof Part ? at.of : at[0];
  return at ?? -1;
}

/** Which part of which part of its source's item it is: the indices, from the inside out. */
export function partsOf(origin: Origin): number[] {
  const parts: number[] = [];
  let at: Origin | undefined = origin;
  while (typeof at === 'object') {
    if (at instanceof Part) parts.push(at.index);
    at = at instanceof Part ? at.of : at[0];
  }
  return parts;
}

/** Flattens a batch's origins, at most `limit` of them; says how many were left out. */
export function flattenOrigins(origin: Origin, limit: number): { origins: (number | Part)[]; omitted: number } {
  const origins: (number | Part)[] = [];
  let omitted = 0;
  const visit = (at: Origin): void => {
    if (typeof at === 'object' && !(at instanceof Part)) at.forEach(visit);
    // A part of nothing only has a number of its own.
    else if (firstOrigin(at) < 0) return;
    else if (origins.length < limit) origins.push(at);
    else omitted++;
  };
  visit(origin);
  return { origins, omitted };
}

/** The row that the last item of a batch came from; null where it is a part of one, or there is none. */
export function lastOrigin(origin: Origin): number | null {
  let at: Origin | undefined = origin;
  while (typeof at === 'object' && !(at instanceof Part)) at = at.at(-1);
  return typeof at === 'number' ? at : null;
}
