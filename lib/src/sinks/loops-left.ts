// Not the global one, which belongs to the cell that is being interrupted.
import { setImmediate } from 'node:timers';

type Fail = (error: unknown) => void;

/** Loops that were just left: the latest, and those around it. */
const left = new Set<Fail>();
let isWatching = false;

/**
 * A loop was left by `return()`, which JavaScript calls for a `break` and for a body that throws alike. An error that
 * ends the program before the event loop's next turn, and before another loop or sink goes on, is taken for the body's:
 * `fail` then hears of it.
 */
export function loopLeft(fail: Fail): void {
  left.add(fail);
  setImmediate(() => left.delete(fail)).unref();
  if (isWatching) return;
  isWatching = true;
  process.on('uncaughtExceptionMonitor', failLoopsLeft);
}

/** The user's code went on after the loops that it left: nothing that happens from now on is theirs. */
export function othersGoOn(): void {
  if (left.size > 0) left.clear();
}

/** The user's code ends with an error. */
export function failLoopsLeft(error: unknown): void {
  for (const fail of left) fail(error);
  left.clear();
}
