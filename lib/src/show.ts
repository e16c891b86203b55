import { Dataset } from './dataset/dataset';
import { Recorder } from './recorder-api';
import { inWords } from './util/check';
import { DISPLAY } from './widget/display';

/**
 * Shows a dataset, or a whole record, below the cell: graph, counts and samples, updated while pipelines run. As the
 * last value of a cell, both are shown without this call. Outside a notebook it prints one line.
 *
 * @example
 * const batches = Dataset.range(10).batch(4);
 * show(batches);
 * await batches.forEach((batch) => console.log(batch)); // undefined
 */
export function show(value: Dataset<unknown> | Recorder): void {
  if (!(value instanceof Recorder) && !Dataset.isDataset(value))
    throw new TypeError(`invalid value of show: expected a dataset or a recorder, got ${inWords(value)}`);
  const bundle = value[DISPLAY]();
  if (bundle !== undefined) process.stdout.write(`${String(bundle['text/plain'])}\n`);
}
