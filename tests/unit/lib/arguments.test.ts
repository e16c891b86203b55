import { join } from 'node:path';
import {
  canonicalHash,
  checkDocument,
  Dataset,
  decodeImage,
  decodeSettings,
  definitionLayer,
  diff,
  merge,
  parseDocument,
  provenance,
  Random,
  readDocument,
  saveDocument,
  show,
  tensors,
  toTensors,
} from 'stemma';
import { monitor } from 'stemma-monitor';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder';
import { DOUBLE_MODULE } from './operators/table';

const folder = temporaryFolder();
const ds = Dataset.range(4);
const document = provenance.document();

const VALUES = {
  'a symbol': Symbol('x'),
  'a bigint': 10n,
  'a record': {},
  'a list': [],
  null: null,
  NaN: NaN,
  'a function': (): number => 1,
  'a proxy': new Proxy({}, {}),
};
type Value = keyof typeof VALUES;
const RECORDS: Value[] = ['a record', 'a proxy'];

/**
 * Every function that takes a path, a seed, a name or a share, as JavaScript calls it; how it calls the argument; which
 * values are right.
 */
const calls: { [name: string]: [call: (value: never) => unknown, argument: string, right?: readonly Value[]] } = {
  'fromFolder: folder': [(value) => Dataset.fromFolder(value), 'folder of fromFolder'],
  'fromFolder: glob': [
    (glob) => Dataset.fromFolder(folder, { glob, allowEmpty: true }),
    'glob of fromFolder',
    ['a list'],
  ],
  'fromFolder: extensions': [
    (extensions) => Dataset.fromFolder(folder, { extensions, allowEmpty: true }),
    'extensions of fromFolder',
    ['a list'],
  ],
  'fromFolder: identifier': [(identifier) => Dataset.fromFolder(folder, { identifier }), 'identifier of fromFolder'],
  'fromClassFolders: folder': [(value) => Dataset.fromClassFolders(value), 'folder of fromClassFolders'],
  'fromTextLines: files': [(value) => Dataset.fromTextLines([value]), 'file of fromTextLines'],
  'fromTextLines: encoding': [
    (encoding) => Dataset.fromTextLines(DOUBLE_MODULE, { encoding }),
    'encoding of fromTextLines',
  ],
  'fromJsonLines: files': [(value) => Dataset.fromJsonLines([value]), 'file of fromJsonLines'],
  'fromJson: files': [(value) => Dataset.fromJson([value]), 'file of fromJson'],
  'fromJson: at': [(at) => Dataset.fromJson(DOUBLE_MODULE, { at }), 'at of fromJson', ['a list']],
  'fromCsv: files': [(value) => Dataset.fromCsv([value]), 'file of fromCsv'],
  'fromCsv: columns': [(columns) => Dataset.fromCsv(DOUBLE_MODULE, { columns: [columns] }), 'columns of fromCsv'],
  'fromCsv: header': [(header) => Dataset.fromCsv(DOUBLE_MODULE, { header }), 'header of fromCsv'],
  'fromCsv: types': [(types) => Dataset.fromCsv(DOUBLE_MODULE, { types }), 'types of fromCsv', RECORDS],
  'fromCsv: type': [(type) => Dataset.fromCsv(DOUBLE_MODULE, { types: { a: type } }), ''],
  'fromParquet: files': [(value) => Dataset.fromParquet([value]), 'file of fromParquet'],
  'fromParquet: columns': [
    (value) => Dataset.fromParquet(DOUBLE_MODULE, { columns: [value] }),
    'columns of fromParquet',
  ],
  'fromArrow: files': [(value) => Dataset.fromArrow([value]), 'file of fromArrow'],
  'decodeImage: source': [(value) => decodeImage(value), 'image'],
  'decodeImage: path': [(path) => decodeImage({ path }), 'image'],
  'decodeSettings: memory': [
    async (value) => {
      const { memory } = decodeSettings;
      decodeSettings.memory = value;
      try {
        await decodeImage(new Uint8Array(1));
      } finally {
        decodeSettings.memory = memory;
      }
    },
    'decodeSettings.memory',
  ],
  'cache: folder': [(value) => ds.cache({ folder: value, key: 'k' }), 'folder of cache'],
  'cache: key': [(key) => ds.cache({ folder, key }), 'key of cache'],
  'mapInWorkers: module': [(value) => ds.mapInWorkers(value), 'module of mapInWorkers'],
  'mapInWorkers: exportName': [
    (exportName) => ds.mapInWorkers(DOUBLE_MODULE, { exportName }),
    'exportName of mapInWorkers',
  ],
  'map: identifier': [(identifier) => ds.map((n) => n, { identifier }), 'identifier of map'],
  'toArray: identifier': [(identifier) => ds.toArray({ identifier }), 'identifier of toArray'],
  'map: uses': [(value) => ds.map((n) => n, { uses: [value] }), 'uses'],
  'provenance.save: path': [(path) => provenance.save(path), 'path of provenance.save'],
  'saveDocument: path': [(path) => saveDocument(document, path), 'path of saveDocument'],
  'saveDocument: document': [(value) => saveDocument(value, join(folder, 'never.json')), 'document of saveDocument'],
  'readDocument: path': [(path) => readDocument(path), 'path of readDocument'],
  'parseDocument: text': [(text) => parseDocument(text), 'text of parseDocument'],
  'merge: document': [(value) => merge(value), 'document of merge'],
  'diff: document': [(value) => diff(document, value), 'document of diff'],
  'canonicalHash: document': [(value) => canonicalHash(value), 'document of canonicalHash'],
  'definitionLayer: document': [(value) => definitionLayer(value), 'document of definitionLayer'],
  'Random: seed': [(seed) => new Random(1, seed), 'seed of Random'],
  'shuffle: seed': [(seed) => ds.shuffle({ seed }), 'seed of shuffle'],
  'sample: seed': [(seed) => ds.sample(0.5, { seed }), 'seed of sample'],
  'sample: share': [(share) => ds.sample(share), 'share of sample'],
  'sampleWeighted: seed': [(seed) => ds.sampleWeighted(() => 1, { seed }), 'seed of sampleWeighted'],
  'randomMap: seed': [(seed) => ds.randomMap((n) => n, { seed }), 'seed of randomMap'],
  'split: seed': [(seed) => ds.split({ a: 1 }, { seed }), 'seed of split'],
  'split: share': [(share) => ds.split({ a: share }), 'share of "a" in split'],
  'split: parts': [(parts) => ds.split(parts), 'parts of split'],
  'mix: seed': [(seed) => Dataset.mix([ds, ds], { seed }), 'seed of mix'],
  'mix: weights': [(weight) => Dataset.mix([ds], { weights: [weight] }), 'weights of mix'],
  'paddedBatch: mask': [(mask) => ds.paddedBatch(2, { mask }), 'mask of paddedBatch', ['a list']],
  'take: count': [(count) => ds.take(count), 'count of take'],
  'batch: size': [(size) => ds.batch(size), 'batch size'],
  'range: count': [(count) => Dataset.range(count), 'count of range'],
  'map: function': [(fn) => ds.map(fn), 'function of map', ['a function']],
  'show: value': [(value) => show(value), 'value of show'],
  'tensors: tf': [(tf) => tensors(tf, ds).next(), 'tf of tensors'],
  'toTensors: tf': [(tf) => toTensors(tf, [1]), 'tf of toTensors'],
  'provenance.recording': [(value) => void (provenance.recording = value), 'provenance.recording'],
  'monitor.start: port': [(port) => monitor.start({ port }), 'port of monitor.start'],
  'monitor.start: host': [(host) => monitor.start({ host }), 'host of monitor.start'],
  'monitor.start: token': [(token) => monitor.start({ token }), 'token of monitor.start'],
  'monitor.start: allowedHosts': [
    (value) => monitor.start({ port: 0, allowedHosts: [value] }),
    'allowedHosts of monitor.start',
  ],
  'monitor.connect: url': [(url) => monitor.connect(url, 'token'), 'url of monitor.connect'],
  'monitor.connect: token': [(token) => monitor.connect('http://127.0.0.1:9', token), 'token of monitor.connect'],
  'monitor.connect: ca': [(ca) => monitor.connect('http://127.0.0.1:9', 'token', { ca }), 'ca of monitor.connect'],
};

/** What V8 and Node say by themselves. */
const RAW = /Cannot|is not a function|must be|argument|undefined \(|not iterable|ERR_/;

describe.each(Object.entries(calls))('%s', (_, [call, argument, right = []]) => {
  const wrong = (Object.keys(VALUES) as Value[]).filter((value) => !right.includes(value));
  it.each(wrong)('is not %s', async (value) => {
    // Also what is thrown at once, as by constructors.
    const error = await Promise.resolve()
      .then(() => call(VALUES[value] as never))
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error, 'it is accepted').toBeInstanceOf(Error);
    expect(['TypeError', 'RangeError']).toContain((error as Error).constructor.name);
    expect((error as Error).message).toContain(`invalid ${argument}`);
    expect((error as Error).message).toMatch(/expected .+, got /);
    expect((error as Error).message).not.toMatch(RAW);
  });
});

it('a path may be neither empty nor have a NUL character', async () => {
  expect(() => Dataset.fromFolder('')).toThrow('invalid folder of fromFolder: expected a path, got ""');
  expect(() => Dataset.fromCsv('a\0b')).toThrow(
    'invalid file of fromCsv: expected a path, or a list of paths, got "a\\u0000b", which has a NUL character',
  );
  expect(() => readDocument('a\0')).toThrow('which has a NUL character');
  await expect(provenance.save('')).rejects.toThrow('invalid path of provenance.save: expected a path, got ""');
});

it.each(Object.keys(VALUES) as Value[])('a parsed document is not %s', (value) => {
  expect(() => checkDocument(VALUES[value])).toThrow('is not a provenance document');
});
