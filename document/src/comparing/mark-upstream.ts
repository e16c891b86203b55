import { append } from '../grouping/append';
import { isTransparent } from '../graph/name-graph';
import type { ProcessPair } from './process-pair';

/**
 * Tells where two documents part from what only follows: a pair whose captured values or contents differ has `changed`,
 * as has one from which something else came out though it got the same; all after a difference have `upstream`.
 */
export function markUpstream(pairs: readonly ProcessPair[]): void {
  for (const pair of pairs)
    if ((pair.match === 'same' || pair.match === 'upstream') && pair.changes.some(({ layer }) => layer === 'inputs'))
      pair.match = 'changed';
  const after = downstreamOf(pairs);
  markReached(after(pairs.filter((pair) => pair.match !== 'same' && !isTransparent((pair.b ?? pair.a)!))));
  const odd = pairs.filter(({ match, changes }) => match === 'same' && changes.some(({ layer }) => layer === 'output'));
  const reached = after(odd);
  markReached(reached);
  for (const pair of odd) if (!reached.has(pair)) pair.match = 'changed';
}

function markReached(reached: ReadonlySet<ProcessPair>): void {
  for (const pair of reached) if (pair.match === 'same') pair.match = 'upstream';
}

/** Finds all that gets anything of some pairs, directly or not. */
function downstreamOf(pairs: readonly ProcessPair[]): (of: readonly ProcessPair[]) => Set<ProcessPair> {
  const consumers = { a: consumersIn(pairs, 'a'), b: consumersIn(pairs, 'b') };
  const next = (pair: ProcessPair): ProcessPair[] =>
    (['a', 'b'] as const).flatMap((side) => (pair[side]?.outputs ?? []).flatMap((id) => consumers[side].get(id) ?? []));
  return (of) => {
    const found = new Set(of.flatMap(next));
    // A set that grows while it is iterated shows what is added, too.
    for (const pair of found) for (const one of next(pair)) found.add(one);
    return found;
  };
}

function consumersIn(pairs: readonly ProcessPair[], side: 'a' | 'b'): Map<string, ProcessPair[]> {
  const found = new Map<string, ProcessPair[]>();
  for (const pair of pairs)
    for (const id of [...(pair[side]?.inputs ?? []), ...(pair[side]?.uses ?? [])]) append(found, id, pair);
  return found;
}
