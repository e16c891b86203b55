import { currentHost, SESSION_KEY } from '../host';
import { Session } from './session';

/** The one session of this process, also where two copies of the library were loaded. */
export function currentSession(): Session {
  const shared = globalThis as { [SESSION_KEY]?: Session };
  if (shared[SESSION_KEY] === undefined) {
    const host = currentHost();
    shared[SESSION_KEY] = new Session(host);
    if (host === undefined) concludeAtExit();
    host?.attach(shared[SESSION_KEY]);
  }
  return shared[SESSION_KEY];
}

let isWatching = false;

/**
 * A program says by its exit code, and by the runs that it leaves undone, how it ended; a signal that nobody handles
 * ends it without a word. Those who follow the session learn of an end that Node announces, not of `process.exit`.
 */
function concludeAtExit(): void {
  if (isWatching) return;
  isWatching = true;
  let isUncaught = false;
  const conclude = (exitCode: number): void => {
    const session = currentSession();
    const isLeft = session.isRunning && !isUncaught;
    if (!session.hasEnded)
      session.conclude({ how: isLeft ? 'exited' : exitCode === 0 ? 'completed' : 'failed', exitCode });
  };
  process.on('uncaughtExceptionMonitor', () => (isUncaught = true));
  process.prependListener('beforeExit', conclude);
  process.on('exit', conclude);
}
