import type { Dataset } from 'stemma';
import type { Node } from '../../lib/src/graph/node';

/** The node of a dataset, which the published types do not show. */
export function nodeOf(dataset: Dataset<unknown>): Node {
  return (dataset as unknown as { node: Node }).node;
}
