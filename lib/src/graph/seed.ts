import { nameOf } from '../recorder/label';
import type { Session } from '../recorder/session';
import { checkWhole } from '../util/check';
import { drawSeed, Random } from '../util/random';
import { seedDrawnBefore } from '../util/repetition';
import { sessionOf } from './declaration';
import { placeOf } from './identity';
import type { Node } from './node';

/** What a seed is needed for. */
interface Seeded {
  kind: string;
  parents: readonly Node[];
  given: { seed?: number; identifier?: string };
  fn?: unknown;
}

/**
 * The seed that was given; else one that follows from the session's seed and the operation's place in the graph, so
 * that all shards of a run have the same; else one that is drawn.
 */
export function seedOf({ kind, parents, given, fn }: Seeded): number {
  const before = seedDrawnBefore(kind);
  if (given.seed !== undefined) return checkWhole(given.seed, `seed of ${kind}`);
  const session = sessionOf(kind, parents);
  const { seed, shard } = session.assignment;
  const name = nameOf(given.identifier, kind, fn);
  if (seed !== undefined) return derivedSeed(session, seed, placeOf(kind, name, parents));
  if (shard === undefined) return before ?? drawSeed();
  throw new Error(
    `${kind} "${name}" has no seed, and each shard would draw another one; give it one, or all shards the same --seed`,
  );
}

/** How many seeds each place was given: twins get different ones. */
const derived = new WeakMap<Session, Map<number, number>>();

function derivedSeed(session: Session, seed: number, place: number): number {
  let counts = derived.get(session);
  if (counts === undefined) derived.set(session, (counts = new Map()));
  const twins = counts.get(place) ?? 0;
  counts.set(place, twins + 1);
  return new Random(seed, place, twins).int(2 ** 31);
}
