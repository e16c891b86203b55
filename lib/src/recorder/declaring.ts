import { AsyncLocalStorage } from 'node:async_hooks';
import { currentSession } from './current-session';
import type { Session } from './session';

/**
 * Made by the first recorder that runs something: following a value through `await` slows all promises of the process
 * down.
 */
let chosen: AsyncLocalStorage<Session> | null = null;

/**
 * Where sources that are declared now are recorded: in the session of the `recorder.run` around them, else in the
 * process's own.
 */
export function declaringSession(): Session {
  return chosen?.getStore() ?? currentSession();
}

/** Calls `work`: what it declares, also after an `await`, is recorded in `session`. */
export function declareIn<T>(session: Session, work: () => T): T {
  return (chosen ??= new AsyncLocalStorage()).run(session, work);
}
