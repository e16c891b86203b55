/** What the user's code threw where nothing catches it, such as in a timer. It ends all runs, which fail with it. */
export class UncaughtError extends Error {
  override readonly name = 'UncaughtError';
}
