import type { Node } from './node';

const ADVICE = 'use take(n) before it, or a for await loop that ends by break';

/** Why `who`, which needs the end of its stream, refuses `node`. */
export function neverEnds(who: string, node: Node, advice = ADVICE): TypeError {
  return new TypeError(
    `${who} needs the end of its dataset, but ${node.kind} "${node.label}" never ends ` + `(${advice})`,
  );
}
