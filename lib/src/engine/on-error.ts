import { inWords } from '../util/check';
import { messageOf, pipelineError, type PipelineError, type Place } from './errors';
import type { Probe } from './probe';

/**
 * What to do with an item that a function fails on, or with a record that a source cannot read. `throw` (the default)
 * ends the run; `skip` leaves the item out and counts it; a handler decides for each: `'skip'`, or anything else to
 * throw.
 */
export type OnError = 'throw' | 'skip' | ((error: Error, item: unknown) => 'skip' | 'throw' | void);

/** @throws TypeError if it is none. */
export function checkOnError(value: unknown, kind: string): void {
  if (value !== 'throw' && value !== 'skip' && typeof value !== 'function')
    throw new TypeError(`invalid onError of ${kind}: expected 'throw', 'skip' or a function, got ${inWords(value)}`);
}

/** As the record has it: nothing where it was not given. */
export function recordedOnError(onError: OnError | undefined): { onError?: string } {
  return onError === undefined ? {} : { onError: typeof onError === 'string' ? onError : 'handler' };
}

const ADVICE = `to leave out what fails, pass onError: 'skip'`;

/**
 * Decides on an item that failed, and notes it. `advice`: the way out; null where the message has it.
 *
 * @returns null if the item is left out, else the error to throw.
 */
export function decide(
  onError: OnError,
  cause: unknown,
  place: Place & { input: unknown },
  probe: Probe | null,
  advice: string | null = ADVICE,
): PipelineError | null {
  let error = pipelineError(cause, { ...place, advice: advice ?? undefined });
  try {
    if ((typeof onError === 'function' ? onError(error, place.input) : onError) === 'skip') {
      probe?.skip(error);
      return null;
    }
  } catch (thrown) {
    error = pipelineError(thrown, { ...place, advice: `onError threw this when called with: ${messageOf(cause)}` });
  }
  probe?.fail(error);
  return error;
}
