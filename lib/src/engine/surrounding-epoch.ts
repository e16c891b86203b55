let surrounding = 0;

/** The epoch of the operation whose function is being called; 0 outside of any. */
export const surroundingEpoch = (): number => surrounding;

/** Calls `work`: what datasets it runs before its first `await` are at `epoch`, or at their next one where that is later. */
export function within<T>(epoch: number, work: () => T): T {
  const before = surrounding;
  surrounding = epoch;
  try {
    return work();
  } finally {
    surrounding = before;
  }
}
