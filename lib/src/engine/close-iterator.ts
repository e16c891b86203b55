import type { MaybePromise } from './chunk';
import { isThenable } from './thenable';

/**
 * Ends an iterator. One that is at work on an item ends after it only, which may never come: then nobody waits for
 * that.
 */
export function closeIterator(iterator: { return?(): unknown } | null, atWork: boolean): MaybePromise<void> {
  const closed = iterator?.return?.();
  if (!isThenable(closed)) return undefined;
  const done = Promise.resolve(closed).then(() => undefined);
  if (!atWork) return done;
  done.catch(() => undefined);
  return undefined;
}
