/**
 * The key that an item carries from its source through every operation. For an item of its own it is one number, `source * 2^40 + row`, so
 * that carrying it costs next to nothing; a batch has the list of its items' origins.
 */
export type Origin = number | readonly Origin[];

const ROWS = 2 ** 40;

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
  while (typeof at === 'object') at = at[0];
  return at ?? -1;
}

/** Flattens a batch's origins, at most `limit` of them; says how many were left out. */
export function flattenOrigins(origin: Origin, limit: number): { origins: number[]; omitted: number } {
  const origins: number[] = [];
  let omitted = 0;
  const visit = (at: Origin): void => {
    if (typeof at === 'number') {
      if (origins.length < limit) origins.push(at);
      else omitted++;
    } else at.forEach(visit);
  };
  visit(origin);
  return { origins, omitted };
}
