import type { Node } from '../graph/node';
import { inWords } from '../util/check';
import type { Dataset } from './dataset';
import { isDataset } from './is-dataset';

/**
 * The nodes of the datasets that `of` was given: a list of them, or a record of them by name.
 *
 * @throws TypeError if there are none, or if one of them is not a dataset; the message names its position.
 */
export function nodesOf(datasets: unknown, of: string, byName: 'list' | 'list or record' = 'list'): Node[] {
  const isList = Array.isArray(datasets);
  if (!isList && (byName === 'list' || typeof datasets !== 'object' || datasets === null || isDataset(datasets)))
    throw new TypeError(
      `invalid datasets of ${of}: expected a list of datasets${byName === 'list' ? '' : ' or a record of them by name'}, ` +
        `got ${inWords(datasets)}${isDataset(datasets) ? ` (write ${of}([a, b]))` : ''}`,
    );
  if (Object.keys(datasets as object).length === 0)
    throw new TypeError(
      `invalid datasets of ${of}: expected at least one, got none (did a list or a glob find nothing?)`,
    );
  return Object.entries(datasets as object).map(([name, dataset]) => {
    if (isDataset(dataset)) return (dataset as Dataset<unknown>).node;
    const place = isList ? `[${name}]` : ` "${name}"`;
    throw new TypeError(
      `invalid dataset${place} of ${of}: expected a dataset, got ${inWords(dataset)}${adviceFor(dataset)}`,
    );
  });
}

function adviceFor(value: unknown): string {
  if (Array.isArray(value)) return ' (Dataset.fromArray makes a dataset of a list)';
  if (typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value))
    return ' (Dataset.fromGenerator makes a dataset of it)';
  return '';
}
