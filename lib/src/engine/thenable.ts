/**
 * Whether `value` is a promise or something that can be awaited like one. Never throws: a hostile getter makes it no
 * promise.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}
