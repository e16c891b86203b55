import { DATASET } from '../engine/dataset-mark';
import type { Dataset } from './dataset';

export { DATASET };

/** Whether a value is a dataset, of whichever copy of the library. */
export function isDataset(value: unknown): value is Dataset<unknown> {
  return typeof value === 'object' && value !== null && DATASET in value;
}
