import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteFile } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  canonicalHash,
  Dataset,
  kBinsDiscretizer,
  minMaxScaler,
  oneHotEncoder,
  ordinalEncoder,
  Recorder,
  robustScaler,
  simpleImputer,
  standardScaler,
  vocabulary,
} from 'stemma';
import { type Kind, KINDS, type KnownKind, OPTIONS } from 'stemma-document';
import { temporaryFolder } from '../../support/temporary-folder';
import { DOUBLE_MODULE } from './operators/table';

const folder = temporaryFolder();
const file = (name: string): string => join(folder, name);
const ds = (): Dataset<number> => Dataset.range(0, 8, 1, 'Numbers');
const pairs = (): Dataset<number[]> => ds().map((n) => [n]);
const described = Object.assign((n: number) => n, { parameters: { by: 1 } });
const forFunction = { concurrency: 2, ordered: false, onError: 'skip' } as const;
const text = { encoding: 'utf-8', onError: 'skip', allowEmpty: true } as const;
const own = { identifier: 'Own', uses: [], samples: false };

/**
 * Of each kind of step one call or more that between them give all options. `sink`: what they record is recorded when
 * it runs.
 */
const calls: { [kind: string]: (() => unknown)[] } = {
  fromArray: [() => Dataset.fromArray([1], own)],
  range: [() => Dataset.range(4, own), () => Dataset.range(0, 4, 2)],
  fromGenerator: [() => Dataset.fromGenerator([1], own)],
  fromStream: [() => Dataset.fromStream(() => Readable.from(['a']), own)],
  fromFolder: [
    () =>
      Dataset.fromFolder(folder, {
        extensions: ['.txt'],
        glob: '*',
        recursive: false,
        hidden: true,
        allowEmpty: true,
        ...own,
      }),
  ],
  fromTextLines: [() => Dataset.fromTextLines([file('a.txt')], { ...text, ...own })],
  fromJsonLines: [
    () => Dataset.fromJsonLines([file('a.jsonl')], { ...text, inexactNumbers: 'round', ...own } as never),
  ],
  fromJson: [
    () =>
      Dataset.fromJson([file('a.json')], {
        encoding: 'utf-8',
        allowEmpty: true,
        inexactNumbers: 'round',
        at: [],
        ...own,
      } as never),
  ],
  fromCsv: [
    () =>
      Dataset.fromCsv([file('a.csv')], {
        ...text,
        ...own,
        header: true,
        delimiter: ';',
        columns: ['a'],
        types: 'text',
        nullValues: 'NA',
        trim: true,
        comment: '#',
        quote: '"',
        escape: '\\',
        relaxQuotes: true,
        relaxColumnCount: true,
        skipLines: 0,
        skipBlankLines: true,
        duplicateColumns: 'error',
        decimal: ',',
        thousands: '.',
      } as never),
  ],
  fromParquet: [() => Dataset.fromParquet([file('a.parquet')], columnar())],
  fromArrow: [() => Dataset.fromArrow([file('a.arrow')], columnar())],
  map: [() => ds().map((n) => n, { ...forFunction, ...own }), () => ds().map(described)],
  randomMap: [() => ds().randomMap(described, { ...forFunction, ...own, seed: 1, reshuffleEachIteration: true })],
  mapInWorkers: [() => ds().mapInWorkers(DOUBLE_MODULE, { ...forFunction, ...own, threads: 1, exportName: 'default' })],
  tap: [() => ds().tap(described, { ...forFunction, ...own })],
  flatMap: [
    () =>
      ds().flatMap(
        Object.assign((n: number) => [n], { parameters: {} }),
        { ...forFunction, ...own },
      ),
  ],
  scan: [
    () =>
      ds().scan(
        0,
        Object.assign((a: number, b: number) => a + b, { parameters: {} }),
        own,
      ),
  ],
  enumerate: [() => ds().enumerate({ start: 1, ...own })],
  through: [
    () =>
      ds().through(Object.assign((items: Iterable<number>) => items, { parameters: {} }) as never, {
        length: 8,
        ...own,
      }),
  ],
  filter: [
    () =>
      ds().filter(
        Object.assign(() => true, { parameters: {} }),
        { ...forFunction, ...own },
      ),
  ],
  take: [() => ds().take(2, own)],
  skip: [() => ds().skip(2, own)],
  takeWhile: [
    () =>
      ds().takeWhile(
        Object.assign(() => true, { parameters: {} }),
        own,
      ),
  ],
  skipWhile: [
    () =>
      ds().skipWhile(
        Object.assign(() => true, { parameters: {} }),
        own,
      ),
  ],
  distinct: [() => ds().distinct({ key: described, maxKeys: 10, ...own })],
  shard: [() => ds().shard(0, 2, own)],
  split: [() => ds().split({ a: 0.5, b: 0.5 }, { seed: 1, ...own }), () => ds().split({ a: 4, b: 4 }, { seed: 1 })],
  sample: [() => ds().sample(0.5, { seed: 1, ...own })],
  sampleWeighted: [
    () =>
      ds().sampleWeighted(
        Object.assign(() => 1, { parameters: {} }),
        { seed: 1, reshuffleEachIteration: true, ...own },
      ),
  ],
  shuffle: [() => ds().shuffle({ seed: 1, bufferSize: 4, reshuffleEachIteration: true, ...own })],
  repeat: [() => ds().repeat(2, own)],
  epoch: [() => ds().shuffle({ seed: 1 }).epoch(1, own)],
  batch: [() => ds().batch(2, { dropRemainder: true, ragged: true, ...own })],
  paddedBatch: [
    () =>
      pairs().paddedBatch(2, {
        value: 0,
        shape: [2],
        side: 'left',
        multipleOf: 1,
        truncate: true,
        mask: true,
        lengths: true,
        dropRemainder: true,
        ...own,
      } as never),
  ],
  bucketBy: [
    () =>
      ds().bucketBy(described, {
        size: 2,
        boundaries: [4],
        maxItems: 8,
        collate: true,
        dropRemainder: true,
        ...own,
      } as never),
  ],
  window: [() => ds().window(2, { shift: 1, stride: 1, dropRemainder: true, collate: true, ...own } as never)],
  unbatch: [() => pairs().unbatch({ onError: 'skip', ...own } as never)],
  concat: [() => ds().concat(ds(), own)],
  zip: [
    () => Dataset.zip({ a: ds(), b: ds() }, { ends: 'together', ...own } as never),
    () => Dataset.zip([ds(), ds()]),
  ],
  interleave: [
    () =>
      ds().interleave(
        Object.assign((n: number) => [n], { parameters: {} }),
        { ...forFunction, cycleLength: 2, blockLength: 1, ...own },
      ),
    () => Dataset.interleave([ds(), ds()], { blockLength: 2, ...own }),
  ],
  mix: [
    () =>
      Dataset.mix([ds(), ds()], {
        weights: [1, 2],
        seed: 1,
        stopOnEmpty: true,
        reshuffleEachIteration: true,
        ...own,
      } as never),
  ],
  cache: [() => ds().cache(own), () => ds().cache({ folder: file('cache'), key: 'k' })],
  prefetch: [() => ds().prefetch(4, own)],
};

const columnar = (): never =>
  ({ columns: ['a'], integers: 'number', decimals: 'number', timestamps: 'date', allowEmpty: true, ...own }) as never;

const sinks: { [kind: string]: (recorder: Recorder) => Promise<unknown> } = {
  output: (recorder) => recorder.output(__filename),
  step: (recorder) => recorder.step('Step', { parameters: { by: 1 }, samples: false }, () => undefined),
  value: async (recorder) => recorder.value('Value', 1),
  iterate: async () => {
    for await (const _ of ds().iterate({ signal: new AbortController().signal }));
  },
  forEach: () => ds().forEach(Object.assign(() => undefined, { parameters: {} })),
  toArray: () => ds().toArray(),
  reduce: () =>
    ds().reduce(
      Object.assign((a: number, b: number) => a + b, { parameters: {} }),
      0,
    ),
  count: () => ds().count(),
  statistics: () => ds().statistics({ channelAxis: null }),
  toCsv: () =>
    ds()
      .map((n) => ({ n }))
      .toCsv(file('out.csv'), { delimiter: ';', columns: ['n'], onError: 'skip' }),
  toFolder: () => ds().take(0).toFolder(file('out'), { overwrite: true, onError: 'skip' }),
  toParquet: () =>
    ds()
      .map((n) => ({ n }))
      .toParquet(file('out.parquet'), { types: { n: 'int32' }, onError: 'skip' }),
  toArrow: () =>
    ds()
      .map((n) => ({ n }))
      .toArrow(file('out.arrow'), { types: { n: 'int32' }, onError: 'skip' }),
  toTfRecord: () =>
    ds()
      .map((n) => ({ n }))
      .toTfRecord(file('out.tfrecord'), { types: { n: 'int32' }, onError: 'skip' }),
  toWebDataset: () => ds().take(0).toWebDataset(file('out-%d.tar'), { maxItems: 1, overwrite: true, onError: 'skip' }),
  toJsonLines: () => ds().toJsonLines(file('out.jsonl'), { onError: 'skip' }),
};

/** The options of all transforms of columns; `fit` records those of the one that is fitted. */
const transforms = [
  standardScaler('n', { withMean: true, withStd: false }),
  minMaxScaler('n', { range: [0, 1], clip: true }),
  robustScaler('n', { quantileRange: [25, 75] }),
  kBinsDiscretizer('n', { bins: 2, strategy: 'uniform' }),
  simpleImputer('n', { strategy: 'constant', fillValue: 0 }),
  oneHotEncoder('t', { ignoreUnknown: true }),
  ordinalEncoder('t', { unknownValue: -1 }),
  vocabulary('t', { maxTokens: 4, minFrequency: 1 }),
];

beforeAll(() => {
  for (const [name, content] of Object.entries({
    'a.txt': 'a\n',
    'a.jsonl': '1\n',
    'a.json': '[1]',
    'a.csv': 'a;b\n1;2\n',
  }))
    writeFileSync(file(name), content);
  writeFileSync(file('a.arrow'), tableToIPC(tableFromArrays({ a: ['x'] })));
  parquetWriteFile({ filename: file('a.parquet'), columnData: [{ name: 'a', data: ['x'] }] });
});

/** What the record has of all calls for a kind. */
function recordedOptions(kind: string): Set<string> {
  const names = new Set<string>();
  for (const call of calls[kind]!) {
    const recorder = new Recorder();
    recorder.run(() => void call());
    for (const name of optionsIn(recorder, kind)) names.add(name);
  }
  return names;
}

const optionsIn = (recorder: Recorder, kind: string): string[] =>
  recorder.document().processes.flatMap((process) => (process.kind === kind ? Object.keys(process.options) : []));

const kinds: { readonly [kind: string]: Kind } = KINDS;
const ofRole = (...roles: Kind['role'][]): string[] =>
  Object.keys(kinds).filter((kind) => roles.includes(kinds[kind]!.role));

describe('of each kind of step', () => {
  it.each(ofRole('source', 'operation'))('%s every recorded option is known to decide the result, or not', (kind) => {
    expect([...recordedOptions(kind)].sort()).toEqual(Object.keys(OPTIONS[kind as KnownKind]).sort());
  });

  it.each(ofRole('sink').filter((kind) => kind !== 'fit'))('%s, too', async (kind) => {
    const recorder = new Recorder();
    await recorder.run(() => sinks[kind]!(recorder));
    expect(optionsIn(recorder, kind).sort()).toEqual(Object.keys(OPTIONS[kind as KnownKind]).sort());
  });

  it('fit, too, whatever it fits', async () => {
    const recorder = new Recorder();
    await recorder.run(async () => {
      const rows = Dataset.fromArray([
        { n: 1, t: 'a' },
        { n: 2, t: 'b' },
      ]);
      for (const transform of transforms) await transform.fit(rows as never);
    });
    expect(new Set(optionsIn(recorder, 'fit'))).toEqual(new Set(Object.keys(OPTIONS.fit)));
  });
});

describe('the hash of the definition', () => {
  const numbers = (): Dataset<number> => Dataset.range(9, 'Numbers');
  const hashOf = (make: () => Dataset<unknown>): string => {
    const recorder = new Recorder();
    recorder.run(make);
    return canonicalHash(recorder.document());
  };

  it.each<[string, () => Dataset<unknown>, () => Dataset<unknown>]>([
    [
      'concurrency',
      () => numbers().map((n) => n, { concurrency: 4 }),
      () => numbers().map((n) => n, { concurrency: 8 }),
    ],
    ['concurrency, given or not', () => numbers().map((n) => n, { concurrency: 4 }), () => numbers().map((n) => n)],
    [
      'threads',
      () => numbers().mapInWorkers(DOUBLE_MODULE, { threads: 1 }),
      () => numbers().mapInWorkers(DOUBLE_MODULE),
    ],
    ['where a cache is', () => numbers().cache({ folder: file('c'), key: 'a' }), () => numbers().cache()],
    ['the room of a prefetch', () => numbers().prefetch(1).batch(2), () => numbers().prefetch(9).batch(2)],
    ['a prefetch', () => numbers().prefetch(2, 'Ahead').batch(2), () => numbers().batch(2)],
    ['a prefetch at the end', () => numbers().batch(2).prefetch(2), () => numbers().batch(2)],
    ['a comment', () => numbers().map(written('(n) => n + 1')), () => numbers().map(written('(n) => /* one */ n + 1'))],
    [
      'the number of items in memory',
      () => Dataset.fromArray([1, 2], 'Rows').batch(2),
      () => Dataset.fromArray([1, 2, 3], 'Rows').batch(2),
    ],
  ])('does not know %s', (_, make, other) => {
    expect(hashOf(other)).toBe(hashOf(make));
  });

  it.each<[string, () => Dataset<unknown>, () => Dataset<unknown>]>([
    ['order', () => numbers().map((n) => n, { ordered: true }), () => numbers().map((n) => n, { ordered: false })],
    ['onError', () => numbers().map((n) => n, { onError: 'skip' }), () => numbers().map((n) => n)],
    [
      'the buffer of a shuffle',
      () => numbers().shuffle({ seed: 1, bufferSize: 2 }),
      () => numbers().shuffle({ seed: 1 }),
    ],
    ['where the items of a cache stand', () => numbers().cache().batch(2), () => numbers().batch(2).cache()],
    [
      'the end of a long function',
      () => numbers().map(written(`() => {${';'.repeat(5_000)} return 1; }`)),
      () => numbers().map(written(`() => {${';'.repeat(5_000)} return 2; }`)),
    ],
  ])('knows %s', (_, make, other) => {
    expect(hashOf(other)).not.toBe(hashOf(make));
  });
});

/** A function whose source is this. */
const written = (source: string): ((n: number) => number) =>
  Object.assign((n: number) => n, { toString: () => source });
