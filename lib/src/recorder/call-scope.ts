import { AsyncLocalStorage } from 'node:async_hooks';
import type { ProcessRecord } from './process-record';
import type { RunRecord } from './run-record';
import type { Session } from './session';

/** A user's function at work in a run: datasets that are made meanwhile belong to its operation. */
export interface CallScope {
  readonly process: ProcessRecord;
  readonly run: RunRecord;
  readonly session: Session;
  /** Of the run that calls the function. */
  readonly signal: AbortSignal;
}

/** Of the calls that are on the stack. */
let current: CallScope | null = null;
/**
 * Of what goes on after an `await`. Following it slows all promises of the process down, so that it is done only where
 * datasets may be made there.
 */
let followed: AsyncLocalStorage<CallScope> | null = null;

/** In whose call this code runs; null outside of all. A scope whose run is over is none. */
export function currentScope(): CallScope | null {
  return liveScope(current ?? followed?.getStore() ?? null);
}

export function liveScope(scope: CallScope | null): CallScope | null {
  return scope?.run.control ? scope : null;
}

/** Before synchronous calls; the result goes to `leaveScope` after them. */
export function enterScope(scope: CallScope | null): CallScope | null {
  const outer = current;
  if (scope !== null) current = scope;
  return outer;
}

export function leaveScope(outer: CallScope | null): void {
  current = outer;
}

/** From now on scopes are followed through `await`. */
export function followScopes(): void {
  followed ??= new AsyncLocalStorage();
}

/** Whether scopes are followed through `await`. */
export function followsScopes(): boolean {
  return followed !== null;
}

/** One call, after whose first `await` the scope may be needed, too. */
export function callWithin<T>(scope: CallScope | null, call: () => T): T {
  const outer = enterScope(scope);
  try {
    return scope === null || followed === null ? call() : followed.run(scope, call);
  } finally {
    leaveScope(outer);
  }
}

/** Whether a function goes on after an `await`, as far as it can be seen. */
export function isAsyncFunction(fn: unknown): boolean {
  const tag = typeof fn === 'function' ? Object.prototype.toString.call(fn) : '';
  return tag === '[object AsyncFunction]' || tag === '[object AsyncGeneratorFunction]';
}
