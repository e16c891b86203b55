import type { Node } from './node';
import { upstreamOf } from './upstream';

/** The sources that lead to `node`, each once, in the order of `upstreamOf`. */
export function sourcesOf(node: Node): readonly Node[] {
  return upstreamOf(node).filter(({ parents }) => parents.length === 0);
}
