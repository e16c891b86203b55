/** What no item is to blame for, such as a module that cannot be loaded: it ends the run, whatever `onError` says. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
