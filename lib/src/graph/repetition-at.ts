import type { Place } from '../engine/place';
import type { Node } from './node';
import { upstreamOf } from './upstream';

/**
 * In which repetition of `node` a place is, from 0, and how many items those before it have, where that is known. Null
 * where the repetitions before cannot be left out. `firstPass`: the pass of `node` that is the first repetition.
 */
export function repetitionAt(
  node: Node,
  { count, pass, again }: Place,
  firstPass: number,
): { index: number; before: number | null } | null {
  const upstream = upstreamOf(node);
  // What a function has run counts its epochs.
  if (again.length > 0 || upstream.some(({ nests }) => nests)) return null;
  const length = node.length();
  const items = length.kind === 'exact' ? length.items : null;
  if (items !== null && count !== null && items > 0) {
    const index = Math.floor((count - 1) / items);
    return { index, before: index * items };
  }
  // Where each source has one pass, or is the only one, its passes tell.
  const isChain = upstream.every(
    ({ kind, parents }) => parents.length <= 1 || (kind === 'concat' && node.epochs === 1),
  );
  return isChain ? { index: Math.floor(pass / node.epochs) - firstPass, before: null } : null;
}
