import type { Kind } from './kind';

/**
 * The kinds of steps that this version makes, by the name of the operation in the API. One entry for each: all that the
 * recorder, diff, hash, panel and docs tell apart by kind is said here.
 */
export const KINDS = {
  fromArray: { role: 'source', summary: 'Reads the elements of an array' },
  range: { role: 'source', summary: 'Counts from one number to another' },
  fromGenerator: { role: 'source', summary: 'Reads what a generator yields' },
  fromStream: { role: 'source', summary: 'Reads a stream' },
  fromFolder: { role: 'source', summary: 'Lists the files of a folder' },
  fromTextLines: { role: 'source', summary: 'Reads text files line by line' },
  fromJsonLines: { role: 'source', summary: 'Reads files with one JSON value in each line' },
  fromJson: { role: 'source', summary: 'Reads the elements of a JSON file' },
  fromCsv: { role: 'source', summary: 'Reads the rows of CSV files' },
  fromParquet: { role: 'source', summary: 'Reads the rows of Parquet files' },
  fromArrow: { role: 'source', summary: 'Reads the rows of Arrow files' },

  map: { role: 'operation', summary: 'Calls a function for each item and emits what it returns', keepsOrder: true },
  randomMap: { role: 'operation', summary: 'Calls a function for each item, with random numbers', random: 'values' },
  mapInWorkers: {
    role: 'operation',
    summary: 'Calls a function of a module for each item, in threads',
    keepsOrder: true,
  },
  tap: { role: 'operation', summary: 'Calls a function for each item and passes the item on', keepsOrder: true },
  flatMap: { role: 'operation', summary: 'Emits all items that a function makes of each' },
  scan: { role: 'operation', summary: 'Emits a state that each item changes' },
  enumerate: { role: 'operation', summary: 'Numbers the items', keepsOrder: true },
  through: { role: 'operation', summary: 'Passes the whole stream through a generator', hidesRows: true },

  filter: {
    role: 'operation',
    summary: 'Keeps the items for which a function returns true',
    drops: true,
    keepsOrder: true,
  },
  take: { role: 'operation', summary: 'Keeps the first items', part: 'range' },
  skip: { role: 'operation', summary: 'Leaves out the first items', part: 'range' },
  takeWhile: { role: 'operation', summary: 'Ends before the first item for which a function returns false' },
  skipWhile: { role: 'operation', summary: 'Begins with the first item for which a function returns false' },
  distinct: { role: 'operation', summary: 'Keeps the first item of each key', drops: true },
  shard: { role: 'operation', summary: 'Keeps each n-th item', part: 'shard' },
  split: { role: 'operation', summary: 'Keeps one of several parts that never overlap', random: 'items' },
  sample: { role: 'operation', summary: 'Keeps a random share of the items', random: 'items' },
  sampleWeighted: { role: 'operation', summary: 'Keeps each item with its own probability', random: 'items' },

  shuffle: { role: 'operation', summary: 'Emits the items in random order', random: 'items' },
  repeat: { role: 'operation', summary: 'Reads its input several times' },
  epoch: { role: 'operation', summary: 'Replays one epoch of the random steps before it' },

  batch: { role: 'operation', summary: 'Puts several items together', joins: true },
  paddedBatch: { role: 'operation', summary: 'Puts several items together, padded to one size', joins: true },
  bucketBy: { role: 'operation', summary: 'Puts items of one key together', joins: true },
  window: { role: 'operation', summary: 'Puts neighboring items together', joins: true },
  unbatch: { role: 'operation', summary: 'Takes batches apart' },

  concat: { role: 'operation', summary: 'Reads one dataset after the other' },
  zip: { role: 'operation', summary: 'Pairs the items of several datasets' },
  interleave: { role: 'operation', summary: 'Takes items from several streams in turn' },
  mix: { role: 'operation', summary: 'Takes items from several datasets at random', random: 'items' },

  cache: { role: 'operation', summary: 'Keeps the items, in memory or on disk', stores: true },
  prefetch: { role: 'operation', summary: 'Reads ahead in the background', transparent: true },

  iterate: { role: 'sink', summary: 'A loop that reads the items', loop: true },
  forEach: { role: 'sink', summary: 'Calls a function for each item' },
  toArray: { role: 'sink', summary: 'Collects the items in an array', value: true },
  reduce: { role: 'sink', summary: 'Makes one value of all items', value: true },
  count: { role: 'sink', summary: 'Counts the items', value: true },
  step: { role: 'sink', summary: 'A block of code that is no operation on a dataset', value: true },
  value: { role: 'sink', summary: 'Names a value', value: true },
  fit: { role: 'sink', summary: 'Learns what a transform of columns needs to know', value: true },
  toArrow: { role: 'sink', summary: 'Writes the rows of an Arrow file', file: true },
  toParquet: { role: 'sink', summary: 'Writes the rows of a Parquet file', file: true },
  toTfRecord: { role: 'sink', summary: 'Writes items as Examples of TensorFlow', file: true },
  toWebDataset: { role: 'sink', summary: 'Writes samples into tar archives', file: true },
  output: { role: 'sink', summary: 'Names a file that other code wrote', file: true },
  toFolder: { role: 'sink', summary: 'Writes a file for each item into a folder', file: true },
  toCsv: { role: 'sink', summary: 'Writes the rows of a CSV file', file: true },
  toJsonLines: { role: 'sink', summary: 'Writes a file with one JSON value in each line', file: true },
  statistics: { role: 'sink', summary: 'Describes the distribution of the items', value: true },
} as const satisfies { readonly [kind: string]: Kind };

/** The kinds that this version makes. */
export type KnownKind = keyof typeof KINDS;

/** What is known of the steps of a kind; undefined for a kind that this version does not make. */
export function kindOf(kind: string): Kind | undefined {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as KnownKind] : undefined;
}
