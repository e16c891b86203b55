import type { Dataset } from './dataset';

export const DATASET = Symbol.for('stemma.dataset');

/** Whether a value is a dataset, of whichever copy of the library. */
export function isDataset(value: unknown): value is Dataset<unknown> {
  return typeof value === 'object' && value !== null && DATASET in value;
}
