import type { Node } from './node';

/** Why `kind`, which needs the end of its stream, refuses `node`. */
export function neverEnds(kind: string, node: Node): TypeError {
  const advice: { [kind: string]: string } = {
    cache: 'put cache before repeat, or use take(n) before it',
    forEach: 'use take(n) before it, or pass a signal that ends it, or leave a for await loop by break',
  };
  return new TypeError(
    `${kind} needs the end of its dataset, but ${node.kind} "${node.label}" never ends ` +
      `(${advice[kind] ?? 'use take(n) before it, or a for await loop that ends by break'})`,
  );
}
