import type { Dataset } from 'stemma';
import type { Node } from 'stemma/dist/graph/node';

/** The node of a dataset, which the published types do not show. */
export function nodeOf(dataset: Dataset<unknown>): Node {
  return (dataset as unknown as { node: Node }).node;
}
