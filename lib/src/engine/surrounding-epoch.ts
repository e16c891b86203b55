/** Null outside of all calls. */
let surrounding: number | null = null;

/** The epoch of the operation whose function is being called; 0 outside of any. */
export const surroundingEpoch = (): number => surrounding ?? 0;

/** Whether the function of an operation is being called that may run datasets, or what it returned is being read. */
export const isSurrounded = (): boolean => surrounding !== null;

/**
 * Calls `work`: what datasets it runs before its first `await` are at `epoch`, or at their next one where that is
 * later.
 */
export function within<T>(epoch: number, work: () => T): T {
  const before = surrounding;
  surrounding = epoch;
  try {
    return work();
  } finally {
    surrounding = before;
  }
}
