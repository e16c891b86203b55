import type { KnownKind } from './kinds';

/**
 * What an option decides. `result`: what comes out, or in which order; it is a part of the definition. `execution`:
 * only how it is done, such as how many calls run at a time. `data`: nothing; it says what was found, such as the
 * number of files.
 */
export type OptionRole = 'result' | 'execution' | 'data';

type Options = { readonly [name: string]: OptionRole };

/** Options that all decide what comes out. */
const options = (...names: string[]): Options => Object.fromEntries(names.map((name) => [name, 'result']));

/** Of steps that make a call for each item. `ordered`: without it, the call that is done first comes first. */
const CALLS: Options = { ...options('onError', 'ordered'), concurrency: 'execution' };

/** Of steps that call a function for each item; `parameters` are those that the function says it has. */
const FUNCTION: Options = { ...CALLS, ...options('parameters') };

/** Of sources that read files. What is in them is no part of a definition: digests say it. */
const FILES: Options = { ...options('path', 'allowEmpty'), files: 'data' };

const TEXT: Options = { ...FILES, ...options('encoding', 'onError') };

const JSON_LINES: Options = { ...TEXT, ...options('inexactNumbers') };

const CSV: Options = {
  ...TEXT,
  ...options('header', 'delimiter', 'columns', 'types', 'nullValues', 'trim', 'comment', 'quote', 'escape'),
  ...options(
    'relaxQuotes',
    'relaxColumnCount',
    'skipLines',
    'skipBlankLines',
    'decimal',
    'thousands',
    'duplicateColumns',
  ),
};

const COLUMNAR: Options = { ...FILES, ...options('columns', 'integers', 'decimals', 'timestamps') };

/** Of all transforms of columns together. */
const FIT: Options = options(
  'estimator',
  'columns',
  'bins',
  'clip',
  'fillValue',
  'ignoreUnknown',
  'maxTokens',
  'minFrequency',
  'quantileRange',
  'range',
  'strategy',
  'unknownValue',
  'withMean',
  'withStd',
);

/** Every option that is recorded of each kind of step. */
export const OPTIONS: { readonly [kind in KnownKind]: Options } = {
  fromArray: { length: 'data' },
  range: options('count', 'start', 'stop', 'step'),
  fromGenerator: {},
  fromStream: {},
  fromFolder: { ...FILES, ...options('extensions', 'glob', 'recursive', 'hidden') },
  fromTextLines: TEXT,
  fromJsonLines: JSON_LINES,
  fromJson: { ...FILES, ...options('encoding', 'inexactNumbers', 'at') },
  fromCsv: CSV,
  fromParquet: COLUMNAR,
  fromArrow: COLUMNAR,
  map: FUNCTION,
  randomMap: { ...FUNCTION, ...options('seed', 'reshuffleEachIteration') },
  mapInWorkers: { ...CALLS, ...options('module', 'sha256', 'exportName'), threads: 'execution' },
  tap: FUNCTION,
  flatMap: FUNCTION,
  scan: options('parameters'),
  enumerate: options('start'),
  through: options('parameters', 'length'),
  filter: FUNCTION,
  take: options('count'),
  skip: options('count'),
  takeWhile: options('parameters'),
  skipWhile: options('parameters'),
  distinct: { parameters: 'result', maxKeys: 'execution' },
  shard: options('index', 'count'),
  split: options('part', 'count', 'share', 'seed', 'by'),
  sample: options('share', 'seed'),
  sampleWeighted: options('seed', 'reshuffleEachIteration', 'parameters'),
  shuffle: options('seed', 'bufferSize', 'reshuffleEachIteration'),
  repeat: options('count'),
  epoch: options('epoch'),
  batch: options('size', 'dropRemainder', 'ragged'),
  paddedBatch: options('size', 'dropRemainder', 'value', 'shape', 'side', 'multipleOf', 'truncate', 'mask', 'lengths'),
  bucketBy: options('size', 'boundaries', 'maxItems', 'collate', 'dropRemainder', 'parameters'),
  window: options('size', 'shift', 'stride', 'dropRemainder', 'collate'),
  unbatch: options('onError'),
  concat: {},
  zip: options('fields', 'ends'),
  interleave: { ...FUNCTION, ...options('cycleLength', 'blockLength') },
  mix: options('weights', 'seed', 'stopOnEmpty', 'reshuffleEachIteration'),
  cache: { kept: 'execution', folder: 'execution', key: 'execution' },
  prefetch: { count: 'execution' },
  iterate: {},
  forEach: {},
  toArray: {},
  reduce: {},
  count: {},
  step: options('parameters'),
  value: options('value'),
  fit: FIT,
  statistics: options('channelAxis'),
  toArrow: options('path', 'types', 'onError'),
  toParquet: options('path', 'types', 'onError'),
  toTfRecord: options('path', 'types', 'onError'),
  toWebDataset: { ...options('path', 'onError', 'maxItems', 'maxBytes'), overwrite: 'execution' },
  output: options('path'),
  toFolder: { ...options('path', 'onError'), overwrite: 'execution' },
  toCsv: options('path', 'delimiter', 'columns', 'onError'),
  toJsonLines: options('path', 'onError'),
};

/** What an option of a kind of step decides; `result` for those that this version does not know. */
export function optionRole(kind: string, option: string): OptionRole {
  const options = Object.hasOwn(OPTIONS, kind) ? OPTIONS[kind as KnownKind] : {};
  return Object.hasOwn(options, option) ? options[option]! : 'result';
}
