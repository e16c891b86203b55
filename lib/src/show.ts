import { Dataset } from './dataset/dataset';
import { Recorder } from './recorder-api';
import { inWords } from './util/check';
import { DISPLAY } from './widget/display';

/**
 * Shows a dataset, or all that is recorded, below the cell: its graph, counts and samples, kept up to date while pipelines run. As the
 * last value of a cell either is shown without a call. Outside of a notebook it prints a line.
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
