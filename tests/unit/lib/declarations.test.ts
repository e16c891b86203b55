import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { operators } from './operators/table';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'rows.csv');
writeFileSync(file, 'a,b\n1,2\n');
/** A class folder, then a file where one is looked for that has the name of a folder's. */
const classes = join(folder, 'classes');
mkdirSync(join(classes, 'cat'), { recursive: true });
mkdirSync(join(classes, 'dog'));
/** The second class has no files. */
const halfEmpty = join(folder, 'half-empty');
mkdirSync(join(halfEmpty, 'ant'), { recursive: true });
mkdirSync(join(halfEmpty, 'bee'));
writeFileSync(join(halfEmpty, 'ant', '1.txt'), 'a');

const ds = Dataset.range(6, 'declared before');
const other = Dataset.range(3, 'the other one');
const batches = ds.batch(2);
const bad = 'bad' as never;

/** Calls that are errors, one by one: what they declare before they fail would stay in the record forever. */
const calls: { [name: string]: (() => unknown)[] } = {
  epoch: [() => ds.epoch(-1)],
  fromArray: [() => Dataset.fromArray(5 as never), () => Dataset.fromArray([1], { uses: [5] })],
  range: [
    () => Dataset.range(-1),
    () => Dataset.range(bad),
    () => Dataset.range(0, 3, 0),
    () => Dataset.range(3, { typo: 1 } as never),
  ],
  fromGenerator: [() => Dataset.fromGenerator(5 as never), () => Dataset.fromGenerator(bad)],
  fromFolder: [() => Dataset.fromFolder(join(folder, 'nowhere')), () => Dataset.fromFolder(file)],
  fromClassFolders: [
    () => Dataset.fromClassFolders(join(folder, 'nowhere')),
    () => Dataset.fromClassFolders(halfEmpty),
    () => {
      let named = 0;
      Dataset.fromClassFolders(classes, {
        allowEmpty: true,
        identifier: () => {
          if (named++ > 0) throw new Error('no name for the second one');
          return 'first';
        },
      });
    },
  ],
  fromTextLines: [() => Dataset.fromTextLines(join(folder, 'nowhere.txt'))],
  fromJsonLines: [() => Dataset.fromJsonLines(join(folder, 'nowhere.jsonl'))],
  fromJson: [() => Dataset.fromJson(join(folder, 'nowhere.json'))],
  fromCsv: [() => Dataset.fromCsv(join(folder, 'nowhere.csv')), () => Dataset.fromCsv(file, { typo: 1 } as never)],
  fromParquet: [() => Dataset.fromParquet(join(folder, 'nowhere.parquet'))],
  fromArrow: [() => Dataset.fromArrow(join(folder, 'nowhere.arrow'))],
  fromStream: [() => Dataset.fromStream(5 as never)],
  map: [() => ds.map(5 as never), () => ds.map((n) => n, { concurrency: 0 }), () => ds.map((n) => n, { uses: [{}] })],
  randomMap: [() => ds.randomMap(5 as never), () => ds.randomMap((n) => n, { seed: 0.5 })],
  filter: [() => ds.filter(5 as never), () => ds.filter(() => true, { onError: bad })],
  flatMap: [() => ds.flatMap(5 as never)],
  tap: [() => ds.tap(5 as never)],
  mapInWorkers: [() => ds.mapInWorkers(join(folder, 'nowhere.mjs'))],
  enumerate: [() => ds.enumerate({ start: bad })],
  concat: [() => ds.concat(other, 5 as never), () => Dataset.concat(ds, [1] as never)],
  shuffle: [() => ds.shuffle({ seed: 0.5 }), () => ds.shuffle({ bufferSize: 0 })],
  batch: [() => ds.batch(0)],
  paddedBatch: [() => ds.paddedBatch(0), () => ds.paddedBatch(2, { shape: [-1] } as never)],
  window: [() => ds.window(0), () => ds.window(2, { shift: 0 }), () => ds.window(2, { stride: 0 })],
  take: [() => ds.take(-1)],
  skip: [() => ds.skip(-1)],
  takeWhile: [() => ds.takeWhile(5 as never)],
  skipWhile: [() => ds.skipWhile(bad), () => ds.skipWhile(() => true, { uses: [5] })],
  distinct: [() => ds.distinct({ key: 5 as never }), () => ds.distinct({ maxKeys: 0 })],
  scan: [() => ds.scan(0, 5 as never), () => ds.scan(0, (sum) => sum, { samples: bad })],
  repeat: [() => ds.repeat(-1)],
  unbatch: [() => batches.unbatch({ typo: 1 } as never)],
  shard: [() => ds.shard(3, 3), () => ds.shard(0, 0)],
  split: [
    () => ds.split({ a: 0.8, b: 0.5 }),
    () => ds.split({ a: 0.5, b: 2 }),
    () => ds.split({ a: 0.5 }, { groupBy: 5 as never }),
  ],
  sample: [() => ds.sample(2), () => ds.sample(0.5, { seed: 0.5 })],
  sampleWeighted: [() => ds.sampleWeighted(5 as never), () => ds.sampleWeighted(() => 1, { seed: 0.5 })],
  bucketBy: [
    () => ds.bucketBy(5 as never),
    () => ds.bucketBy((n) => n, { size: 0 }),
    () => ds.bucketBy((n) => n, { maxItems: 0 }),
    () => ds.bucketBy((n) => n, { boundaries: [3, 3] }),
    () => ds.bucketBy((n) => n, { boundaries: [bad] }),
    () => ds.bucketBy((n) => n, { dropRemainder: true }),
    () => ds.bucketBy((n) => n, { collate: bad }),
  ],
  cache: [() => ds.cache({ folder }), () => ds.cache({ key: 'k' })],
  through: [() => ds.through(5 as never), () => ds.through(() => [], { length: -1 })],
  prefetch: [() => ds.prefetch(0)],
  zip: [
    () => Dataset.zip([] as never),
    () => Dataset.zip([ds, [1]] as never),
    () => Dataset.zip({ a: ds, b: 5 } as never),
  ],
  interleave: [
    () => Dataset.interleave([ds, other], { blockLength: 0 }),
    () => Dataset.interleave([ds, 5] as never),
    () => ds.interleave(5 as never),
    () => ds.interleave(() => [1], { cycleLength: 0 }),
  ],
  mix: [() => Dataset.mix([ds, other], { weights: [1] }), () => Dataset.mix([ds, 5] as never)],
  forEach: [() => ds.forEach(5 as never), () => ds.forEach(() => undefined, { signal: 5 as never })],
  reduce: [() => ds.reduce(5 as never, 0)],
  toArray: [() => ds.toArray({ signal: 5 as never })],
  count: [() => ds.count({ typo: 1 } as never)],
  statistics: [() => ds.statistics({ channelAxis: bad })],
  toCsv: [
    () => ds.toCsv(''),
    () => ds.toCsv('a.csv', { columns: ['a', 'a'] as never }),
    () => ds.toCsv('a.csv', { delimiter: '"' }),
  ],
  toFolder: [() => ds.toFolder(''), () => ds.toFolder('a', { overwrite: bad }), () => ds.toFolder('a', { name: bad })],
  toParquet: [() => ds.toParquet(''), () => ds.toParquet('a', { types: { n: bad } })],
  toArrow: [() => ds.toArrow(''), () => ds.toArrow('a', { types: { n: bad } })],
  toTfRecord: [() => ds.toTfRecord(''), () => ds.toTfRecord('a', { types: { n: bad } })],
  toWebDataset: [
    () => ds.toWebDataset(''),
    () => ds.toWebDataset('a-%d.tar', { maxItems: 0 }),
    () => ds.toWebDataset('a.tar', { maxItems: 2 }),
  ],
  toJsonLines: [() => ds.toJsonLines(''), () => ds.toJsonLines('never.jsonl', { onError: bad })],
  iterate: [() => ds.iterate({ typo: 1 } as never)],
};

for (const { name, withOptions } of operators)
  if (withOptions !== undefined) (calls[name] ??= []).push(() => withOptions(ds, { typo: 1 } as never));

/** All that is recorded, but for when it was asked for. */
const recorded = (): unknown => {
  const { processes, artifacts, runs, dropped } = provenance.document();
  return { processes, artifacts, runs, dropped };
};

/** What a call throws, at once or as a promise. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return null;
}

describe('a call that is an error leaves nothing in the record', () => {
  it.each(Object.entries(calls))('%s', async (_, wrong) => {
    const before = recorded();
    for (const call of wrong) {
      expect(await failureOf(call), String(call)).toBeInstanceOf(Error);
      expect(recorded(), String(call)).toEqual(before);
    }
  });

  it('is tried of every operation that there is', () => {
    const methods = (of: object): string[] =>
      Object.getOwnPropertyNames(of).filter(
        (name) => typeof Object.getOwnPropertyDescriptor(of, name)!.value === 'function',
      );
    const names = new Set(methods(Dataset));
    for (let at = Dataset.prototype as object; at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
      for (const name of methods(at)) names.add(name);
    for (const name of ['constructor', 'derive', 'isDataset']) names.delete(name);
    expect([...names].filter((name) => !(name in calls))).toEqual([]);
  });
});
