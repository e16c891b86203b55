import { Dataset, type WriteOptions, type Written } from 'stemma';

/** A sink that writes one file, for the tests that hold for all of them. */
export interface Format {
  kind: string;
  extension: string;
  /** Items with a field `n`. */
  write: (items: Dataset<{ n: number }>, path: string, options?: WriteOptions | string) => Promise<Written>;
  /** The values of `n` in a file; null where there is no source for it. */
  read: ((path: string) => Promise<number[]>) | null;
}

const numbers = async (rows: Dataset<{ n: number }>): Promise<number[]> => (await rows.toArray()).map(({ n }) => n);

export const formats: readonly Format[] = [
  {
    kind: 'toJsonLines',
    extension: '.jsonl',
    write: (items, path, options) => items.toJsonLines(path, options),
    read: (path) => numbers(Dataset.fromJsonLines(path)),
  },
  {
    kind: 'toCsv',
    extension: '.csv',
    write: (items, path, options) => items.toCsv(path, options),
    read: (path) => numbers(Dataset.fromCsv<{ n: number }>(path)),
  },
  {
    kind: 'toParquet',
    extension: '.parquet',
    write: (items, path, options) => items.toParquet(path, options),
    read: (path) => numbers(Dataset.fromParquet(path)),
  },
  {
    kind: 'toArrow',
    extension: '.arrow',
    write: (items, path, options) => items.toArrow(path, options),
    read: (path) => numbers(Dataset.fromArrow(path)),
  },
  {
    kind: 'toTfRecord',
    extension: '.tfrecord',
    write: (items, path, options) => items.toTfRecord(path, options),
    read: null,
  },
  {
    kind: 'toWebDataset',
    extension: '.tar',
    write: (items, path, options) => items.toWebDataset(path, options),
    read: null,
  },
];

/** What no format can hold in a field. */
export const unwritable = (): number => Symbol('no value') as never;
