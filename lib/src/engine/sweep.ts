import type { Chunk } from './chunk';
import type { Origin } from './origin';
import { isThenable } from './thenable';
import type { Call, FunctionContext } from './user-function';

/**
 * Applies `call` to the values from `from` to `to` of a sweep's chunk. Returns the index it stopped at: `to`, or the
 * item that threw or returned a promise (see the sweep).
 */
export type Loop = (sweep: Sweep, from: number, to: number, call: Call, context: FunctionContext) => number;

/** One chunk under a user's function: what its loop reads, and what it says. */
export class Sweep {
  readonly values: unknown[];
  /** Not null where they are not to be read from `origins`: the origin of the first value, which the others follow. */
  readonly successiveFrom: number | null;
  /** Of the values that were kept, where some are left out. */
  readonly origins: Origin[];
  kept = 0;
  /** What a call returned, if that was a promise. */
  promise: PromiseLike<unknown> | null = null;
  failed = false;
  /** What a call threw, if it `failed`. */
  error: unknown;
  /** Here since a loop knows nothing but its arguments. */
  readonly isThenable = isThenable;

  constructor(
    readonly chunk: Chunk,
    readonly usesOrigin: boolean,
    leavesOut: boolean,
  ) {
    this.values = chunk.values;
    this.successiveFrom = chunk.successiveFrom;
    this.origins = leavesOut && this.successiveFrom === null ? chunk.origins : [];
  }
}

/** Puts each result in place of its value. */
export function mapLoop(sweep: Sweep, from: number, to: number, call: Call, context: FunctionContext): number {
  const { values, chunk, usesOrigin } = sweep;
  let i = from;
  try {
    for (; i < to; i++) {
      const returned = usesOrigin ? call(values[i], context, chunk.originAt(i)) : call(values[i], context);
      if (typeof returned === 'object' && sweep.isThenable(returned)) {
        sweep.promise = returned;
        break;
      }
      values[i] = returned;
    }
  } catch (error) {
    sweep.failed = true;
    sweep.error = error;
  }
  return i;
}

/** Moves the values that are kept, and their origins, to the front. */
export function filterLoop(sweep: Sweep, from: number, to: number, call: Call, context: FunctionContext): number {
  const { values, origins, successiveFrom, chunk, usesOrigin } = sweep;
  let { kept } = sweep;
  let i = from;
  try {
    for (; i < to; i++) {
      const value = values[i];
      const returned = usesOrigin ? call(value, context, chunk.originAt(i)) : call(value, context);
      if (typeof returned === 'object' && sweep.isThenable(returned)) {
        sweep.promise = returned;
        break;
      }
      if (returned) {
        values[kept] = value;
        origins[kept++] = successiveFrom === null ? origins[i]! : successiveFrom + i;
      }
    }
  } catch (error) {
    sweep.failed = true;
    sweep.error = error;
  }
  sweep.kept = kept;
  return i;
}
