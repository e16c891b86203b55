import type { Node } from '../graph/node';
import type { Options } from '../graph/operation-options';
import type { Dataset } from './dataset';
import { inWords } from '../util/check';
import { isDataset } from './is-dataset';

/** What `concat` takes: any number of datasets, then the options, if any. */
export type ConcatArguments<T> = Dataset<T>[] | [...Dataset<T>[], Options];

export function concatArguments(given: readonly unknown[]): [nodes: Node[], options: Options | undefined] {
  const last = given.at(-1);
  const options = isOptions(last) ? last : undefined;
  const datasets = options === undefined ? given : given.slice(0, -1);
  const wrong = datasets.findIndex((dataset) => !isDataset(dataset));
  if (wrong >= 0)
    throw new TypeError(
      `invalid dataset of concat: expected datasets, then the options, if any, got ${inWords(datasets[wrong])}` +
        (Array.isArray(datasets[wrong]) ? ' (spread a list of datasets: concat(...list))' : ''),
    );
  return [(datasets as Dataset<unknown>[]).map(({ node }) => node), options];
}

function isOptions(value: unknown): value is Options {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDataset(value);
}
