/** Deeper than anything that the recorder makes; what checks, compares and writes JSON goes down by recursion. */
const MAX_DEPTH = 500;

/** Whether lists and objects of parsed JSON lie in each other too deep to be handled. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
