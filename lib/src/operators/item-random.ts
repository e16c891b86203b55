import { Random } from '../util/random';
import { firstOrigin, type Origin, partsOf, rowOf } from '../engine/origin';
import type { Run } from '../engine/run';

/**
 * A generator of an item's own. It depends on the seeds given and on where the item came from, on nothing else: neither
 * on the order of execution nor on what other operations there are.
 */
export function randomOf(run: Run, origin: Origin, ...seeds: number[]): Random {
  if (typeof origin === 'number') return new Random(...seeds, run.source(origin)?.identity ?? 0, rowOf(origin));
  const key = firstOrigin(origin);
  return new Random(...seeds, run.source(key)?.identity ?? 0, rowOf(key), ...partsOf(origin));
}

/** Which repetition of its source an item belongs to. */
export function repetitionOf(run: Run, origin: Origin): number {
  return run.source(typeof origin === 'number' ? origin : firstOrigin(origin))?.epoch ?? 0;
}
