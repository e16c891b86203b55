import { currentSession } from '../recorder/session';
import type { Node } from './node';

/** How many operations of each kind take a part of what each shuffle puts out. */
const parts = new WeakMap<Node, Map<string, number>>();
const reshuffles = new WeakSet<Node>();

/** `node` gives another order each time that it is iterated. */
export function markReshuffled(node: Node): Node {
  reshuffles.add(node);
  return node;
}

/**
 * `node` takes a part of its stream by position. Where a reshuffled stream feeds both a `take` and a `skip`, neither of which is behind the other,
 * each iteration deals the items out anew, and what was meant to be two halves overlaps: the record warns of it.
 */
export function warnIfReshuffled(node: Node): Node {
  const way = wayFromReshuffle(node);
  if (way === null) return node;
  const [shuffle, ...behind] = way;
  const counts = parts.get(shuffle!) ?? new Map<string, number>();
  parts.set(shuffle!, counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1));
  const other = node.kind === 'take' ? 'skip' : 'take';
  const before = behind.filter(({ kind }) => kind === other).length;
  if (node.record !== null && (counts.get(other) ?? 0) > before) {
    node.record.warnings.push(
      `shuffle "${shuffle!.label}" feeds both take and skip, and has another order in each iteration: their items overlap. ` +
        'Use split, or pass reshuffleEachIteration: false',
    );
    currentSession().touch(node.record);
  }
  return node;
}

/** The nearest shuffle above, then what is between it and `node`. */
function wayFromReshuffle(node: Node): Node[] | null {
  for (const parent of node.parents) {
    const way = reshuffles.has(parent) ? [] : wayFromReshuffle(parent);
    if (way === null) continue;
    way.push(parent);
    return way;
  }
  return null;
}
