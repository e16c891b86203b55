import { currentSession } from '../recorder/session';
import type { Node } from './node';

/** Which operations take a part of what each shuffle puts out. */
const parts = new WeakMap<Node, Set<string>>();
const reshuffles = new WeakSet<Node>();

/** `node` gives another order each time that it is iterated. */
export function markReshuffled(node: Node): Node {
  reshuffles.add(node);
  return node;
}

/**
 * `node` takes a part of its stream by position. Where a reshuffled stream feeds both a `take` and a `skip`, each iteration deals
 * the items out anew, and what was meant to be two halves overlaps: the record warns of it.
 */
export function warnIfReshuffled(node: Node): Node {
  const shuffle = reshuffledAbove(node);
  if (shuffle === null) return node;
  let kinds = parts.get(shuffle);
  if (kinds === undefined) parts.set(shuffle, (kinds = new Set()));
  kinds.add(node.kind);
  if (node.record !== null && kinds.size > 1) {
    node.record.warnings.push(
      `shuffle "${shuffle.label}" feeds both take and skip, and has another order in each iteration: their items overlap. ` +
        'Use split, or pass reshuffleEachIteration: false',
    );
    currentSession().touch(node.record);
  }
  return node;
}

function reshuffledAbove(node: Node): Node | null {
  for (const parent of node.parents) {
    const found = reshuffles.has(parent) ? parent : reshuffledAbove(parent);
    if (found !== null) return found;
  }
  return null;
}
