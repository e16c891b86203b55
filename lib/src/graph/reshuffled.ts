import { type Kind, kindOf } from 'stemma-document';
import type { Node } from './node';
import { warn } from './warnings';

/** What takes a part of each reshuffled stream by position; of each kind, and each shard, only the first ones. */
const parts = new WeakMap<Node, Node[]>();
/** A loop makes more of them without end. */
const MAX_ALIKE = 4;

/**
 * `node` takes a part of its stream by position. Where a stream that has another order in each run feeds both a `take`
 * and a `skip`, or several shards, neither of which is behind the other, what was meant to be parts of a whole
 * overlaps: a warning.
 */
export function warnIfReshuffled(node: Node): Node {
  const way = wayFromReshuffle(node);
  if (way === null) return node;
  const [shuffle, ...behind] = way;
  const others = parts.get(shuffle!) ?? [];
  if (others.filter((other) => sideOf(other) === sideOf(node)).length < MAX_ALIKE)
    parts.set(shuffle!, [...others, node]);
  if (!others.some((other) => isOtherPart(node, other) && !behind.includes(other))) return node;
  const [what, advice] = OVERLAPS[partOf(node)!];
  warn(
    node,
    `${shuffle!.kind} "${shuffle!.label}" feeds ${what}, and has another order in each iteration: their items overlap. ` +
      `${advice}, or pass reshuffleEachIteration: false`,
  );
  return node;
}

/**
 * `node` is a part of a split, which knows an item by the first row in it. Behind a shuffle a batch or a window has
 * other rows in each run, so that rows of one part are in the others, too: a warning.
 */
export function warnIfMixed(node: Node): void {
  const [shuffle, ...behind] = wayFromReshuffle(node) ?? [];
  const mixing = behind.find(({ kind }) => kindOf(kind)?.joins === true);
  if (mixing === undefined) return;
  warn(
    node,
    `${mixing.kind} "${mixing.label}" has other items in each iteration, since it is behind ${shuffle!.kind} "${shuffle!.label}": the parts share items. ` +
      `Put split before ${mixing.kind}`,
  );
}

const partOf = ({ kind }: Node): Kind['part'] => kindOf(kind)?.part;

const OVERLAPS: { readonly [part in NonNullable<Kind['part']>]: readonly [string, string] } = {
  range: ['both take and skip', 'Use split'],
  shard: ['several shards', 'Put shard before it'],
};

const isOtherPart = (a: Node, b: Node): boolean => partOf(a) === partOf(b) && sideOf(a) !== sideOf(b);

const sideOf = (node: Node): string =>
  partOf(node) === 'shard' ? `${node.kind} ${String(node.options.index)}` : node.kind;

/** The nearest operation above that gives another order in each run, then what is between it and `node`. */
function wayFromReshuffle(node: Node): Node[] | null {
  // A cache and a chosen epoch keep one order.
  if (node.epoch !== null) return null;
  for (const parent of node.parents) {
    const reorders = parent.draws && kindOf(parent.kind)?.random === 'items';
    const way = reorders ? [] : wayFromReshuffle(parent);
    if (way === null) continue;
    way.push(parent);
    return way;
  }
  return null;
}
