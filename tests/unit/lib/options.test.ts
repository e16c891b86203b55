import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, decodeImage, definitionLayer, diff, merge, provenance, tensors } from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';
import { operators } from './operators/table';

const ds = Dataset.range(4);
const [readme, folder] = [inRoot('README.md'), inRoot('lib')];
const fn = (): number => 1;
const temporary = temporaryFolder();
let folders = 0;
const written: Promise<unknown>[] = [];
afterAll(() => Promise.allSettled(written));

/** What writes to the temporary folder is done before that goes. */
function underWay<T>(writing: Promise<T>): Promise<T> {
  written.push(writing);
  return writing;
}

/** What takes options and is no operator of the table, as JavaScript calls it: with anything. */
const calls: { [name: string]: (options: never) => unknown } = {
  iterate: (options) => ds.iterate(options),
  forEach: (options) => ds.forEach(fn, options),
  toArray: (options) => ds.toArray(options),
  reduce: (options) => ds.reduce(fn, 0, options),
  count: (options) => ds.count(options),
  statistics: (options) => ds.statistics(options),
  toFolder: (options) => underWay(ds.take(0).toFolder(join(temporary, `${++folders}`), options)),
  toParquet: (options) => ds.map((n) => ({ n })).toParquet('/dev/null', options),
  toArrow: (options) => ds.map((n) => ({ n })).toArrow('/dev/null', options),
  toTfRecord: (options) => ds.map((n) => ({ n })).toTfRecord('/dev/null', options),
  toWebDataset: (options) => underWay(ds.take(0).toWebDataset(join(temporary, `${++folders}-%d.tar`), options)),
  toJsonLines: (options) => ds.toJsonLines('/dev/null', options),
  toCsv: (options) => ds.map((n) => ({ n })).toCsv('/dev/null', options),
  fromArray: (options) => Dataset.fromArray([1], options),
  range: (options) => Dataset.range(0, 2, 1, options),
  fromGenerator: (options) => Dataset.fromGenerator([1], options),
  fromFolder: (options) => Dataset.fromFolder(folder, options),
  fromClassFolders: (options) => Dataset.fromClassFolders(folder, options),
  fromTextLines: (options) => Dataset.fromTextLines(readme, options),
  fromJsonLines: (options) => Dataset.fromJsonLines(readme, options),
  fromJson: (options) => Dataset.fromJson(readme, options),
  fromCsv: (options) => Dataset.fromCsv(readme, options),
  fromParquet: (options) => Dataset.fromParquet(readme, options),
  fromArrow: (options) => Dataset.fromArrow(readme, options),
  fromStream: (options) => Dataset.fromStream(() => Readable.from(['a']), options),
  zip: (options) => Dataset.zip([ds], options),
  interleave: (options) => Dataset.interleave([ds], options),
  mix: (options) => Dataset.mix([ds], options),
};

for (const { name, withOptions } of operators)
  if (withOptions !== undefined) calls[name] = (options) => withOptions(ds, options);

/** `concat` takes its options behind any number of datasets; a number there is no dataset. */
const others: { [name: string]: (options: never) => unknown } = {
  concat: (options) => ds.concat(ds, options),
  'provenance.document': (options) => provenance.document(options),
};

/** A padding may be of null, and up to no given shape; tensors may have no channels. */
const NULLABLE: { [name: string]: string[] } = { paddedBatch: ['value', 'shape'], statistics: ['channelAxis'] };

describe('the options', () => {
  it('of everything that takes some are tried here', () => {
    const found = new Set<string>();
    for (const file of [
      'dataset',
      'item-operations',
      'batch-operations',
      'stream-operations',
      'consumable',
      'writable',
    ]) {
      let method = '';
      for (const line of readFileSync(inRoot('lib', 'dist', 'dataset', `${file}.d.ts`), 'utf8').split('\n')) {
        method = /^ {4}(?:static )?(\w+)[<(]/.exec(line)?.[1] ?? method;
        if (line.includes('options?: ')) found.add(method);
      }
    }
    expect(found).toEqual(new Set(Object.keys(calls)));
  });

  it.each(Object.entries({ ...calls, ...others }))('of %s refuse a name that does not exist', (name, call) => {
    expect(() => call({ frobnicate: 1 } as never)).toThrow(`unknown option "frobnicate" of ${name}: expected one of `);
  });

  it.each(Object.entries(calls))('of %s are a record or an identifier', (name, call) => {
    for (const wrong of [
      100,
      true,
      null,
      [],
      ds,
      () => 1,
      new Map(),
      Promise.resolve({}),
      new AbortController().signal,
    ])
      expect(() => call(wrong as never)).toThrow(`invalid options of ${name}: expected `);
    expect(() => call({} as never)).not.toThrow(`invalid options`);
  });

  it.each(Object.entries({ ...calls, ...others }))(
    'of %s are not null: what is not given is left out',
    (name, call) => {
      let known = '';
      try {
        call({ frobnicate: 1 } as never);
      } catch (error) {
        known = /expected one of ([^;]*)/.exec((error as Error).message)![1]!;
      }
      for (const option of known.split(', ')) {
        if (NULLABLE[name]?.includes(option) === true) continue;
        expect(() => call({ [option]: null } as never), option).toThrow(/^invalid /);
      }
    },
  );

  it('of the two kinds of interleave are distinguished', () => {
    expect(() => Dataset.interleave([ds], { cycleLength: 2 } as never)).toThrow('unknown option "cycleLength"');
    expect(() => ds.interleave(() => [1], 2 as never)).toThrow('{ cycleLength: 2 } or { blockLength: 2 }');
    expect(() => ds.interleave(() => [1], { cycle: 2 } as never)).toThrow('did you mean cycleLength?');
  });

  it('of another realm are options', async () => {
    const { runInNewContext } = await import('node:vm');
    const options = runInNewContext('({ dropRemainder: true })') as { dropRemainder: boolean };
    expect(await Dataset.range(3).batch(2, options).toArray()).toEqual([[0, 1]]);
  });

  it.each<[string, () => unknown, string]>([
    ['a typing error', () => ds.batch(2, { dropRemaider: true } as never), 'unknown option "dropRemaider" of batch: did you mean dropRemainder?'], // prettier-ignore
    ['Python’s spelling', () => ds.shuffle({ buffer_size: 3 } as never), 'did you mean bufferSize?'],
    ['the beginning of a name', () => ds.shuffle({ buffer: 3 } as never), 'did you mean bufferSize?'],
    ['letters that changed places', () => ds.window(2, { sihft: 1 } as never), 'did you mean shift?'],
    ['a name in lower case', () => ds.count({ Signal: null } as never), 'did you mean signal?'],
    ['nothing alike', () => ds.take(1, { verbose: 1 } as never), 'unknown option "verbose" of take: expected one of identifier, uses, samples'], // prettier-ignore
    ['a name of Object', () => ds.take(1, { toString: 1 } as never), 'unknown option "toString" of take'],
  ])('say what was meant: %s', (_, call, message) => expect(call).toThrow(message));

  it.each<[string, () => unknown, string]>([
    ['tf.data’s buffer', () => ds.shuffle(100 as never), 'expected an option by its name, { seed: 100 } or { bufferSize: 100 }, got 100'], // prettier-ignore
    ['a window’s shift', () => ds.window(3, 1 as never), 'invalid options of window: expected an option by its name, { shift: 1 } or { stride: 1 }, got 1'], // prettier-ignore
    ['drop_remainder', () => ds.batch(2, true as never), '{ dropRemainder: true } or { ragged: true }, got true'],
    [
      'what take lacks',
      () => ds.take(1, 2 as never),
      'expected a record of options (identifier, uses, samples), got 2',
    ],
  ])('are not given by position: %s', (_, call, message) => expect(call).toThrow(message));

  it.each<[string, () => unknown, string]>([
    ['a text for true', () => ds.batch(2, { dropRemainder: 'false' as never }), 'invalid dropRemainder of batch: expected true or false, got "false"'], // prettier-ignore
    ['a number for an identifier', () => ds.map(fn, { identifier: 5 as never }), 'invalid identifier of map: expected a text, got 5'], // prettier-ignore
    ['one result in uses', () => ds.map(fn, { uses: {} as never }), 'invalid uses of map: expected a list, got a record'], // prettier-ignore
    ['a controller for its signal', () => ds.count({ signal: new AbortController() as never }), 'expected an AbortSignal, got an AbortController'], // prettier-ignore
    ['one extension', () => Dataset.fromFolder(folder, { extensions: '.ts' as never }), 'invalid extensions of fromFolder: expected a list, got ".ts"'], // prettier-ignore
  ])('have their types: %s', (_, call, message) => expect(call).toThrow(message));

  it('of what is asynchronous are refused all the same', async () => {
    await expect(decodeImage('a.png', { widht: 3 } as never)).rejects.toThrow('did you mean width?');
    await expect(tensors({ tensor: () => 0 } as never, ds, { identifer: 'a' } as never).next()).rejects.toThrow(
      'did you mean identifier?',
    );
    await expect(provenance.save('a.json', { sample: false } as never)).rejects.toThrow('did you mean samples?');
  });
});

describe('a value that is not a document, module or dataset', () => {
  const document = provenance.document();

  it.each<[string, () => unknown, string]>([
    ['merge', () => merge([document] as never), 'invalid document of merge: expected a document, as readDocument and provenance.document return it, got a list (documents are given one by one: merge(...list))'], // prettier-ignore
    ['merge, later', () => merge(document, null as never), 'invalid document of merge'],
    ['canonicalHash', () => canonicalHash('a.json' as never), 'invalid document of canonicalHash: expected a document, as readDocument and provenance.document return it, got "a.json"'], // prettier-ignore
    ['definitionLayer', () => definitionLayer({} as never), 'invalid document of definitionLayer'],
    ['diff', () => diff(document, undefined as never), 'got undefined'],
    ['mapInWorkers', () => ds.mapInWorkers(fn as never), 'invalid module of mapInWorkers: expected the path or URL of a module, got a function'], // prettier-ignore
  ])('is refused where it is given: %s', (_, call, message) => expect(call).toThrow(message));

  it('is refused by tensors', () =>
    expect(tensors({ tensor: () => 0 } as never, [1] as never).next()).rejects.toThrow('invalid batches of tensors: expected a dataset, got a list')); // prettier-ignore
});

describe('what is no dataset', () => {
  it.each<[string, () => unknown, string]>([
    ['zip', () => Dataset.zip([ds, [1]] as never), 'invalid dataset[1] of zip: expected a dataset, got a list (Dataset.fromArray makes a dataset of a list)'], // prettier-ignore
    ['a nested zip', () => Dataset.zip({ a: ds, b: { c: ds } } as never), 'invalid dataset "b" of zip: expected a dataset, got a record'], // prettier-ignore
    ['zip of one dataset', () => Dataset.zip(ds as never), 'expected a list of datasets or a record of them by name, got a Dataset (write zip([a, b]))'], // prettier-ignore
    ['zip of nothing', () => Dataset.zip(undefined as never), 'invalid datasets of zip: expected a list of datasets'],
    ['interleave', () => Dataset.interleave([ds, null] as never), 'invalid dataset[1] of interleave: expected a dataset, got null'], // prettier-ignore
    ['datasets one by one', () => Dataset.interleave(ds as never, ds as never), 'got a Dataset (write interleave([a, b]))'], // prettier-ignore
    ['mix', () => Dataset.mix([new Set([1])] as never), 'got a Set (Dataset.fromGenerator makes a dataset of it)'],
    ['concat', () => Dataset.concat([ds, ds] as never), 'got a list (spread a list of datasets: concat(...list))'],
    ['concat of null', () => ds.concat(null as never), 'invalid dataset of concat: expected datasets, then the options, if any, got null'], // prettier-ignore
    ['a text for an array', () => Dataset.fromArray('xy' as never), 'invalid array: expected an array or typed array, got "xy"; of a text, pass [...text] for its characters, or [text]'], // prettier-ignore
    ['a text for a generator', () => Dataset.fromGenerator('xy' as never), 'invalid generator: expected a generator function or something iterable, got "xy"; of a text'], // prettier-ignore
  ])('is refused where it is given: %s', (_, call, message) => expect(call).toThrow(message));

  it('comes from a function, too', async () => {
    await expect(Dataset.fromGenerator((() => 'xy') as never).toArray()).rejects.toThrow('got "xy"; of a text');
    await expect(ds.flatMap((() => 'xy') as never).toArray()).rejects.toThrow('returned "xy", which is not iterable; return an array or another iterable'); // prettier-ignore
  });
});

describe('a setting', () => {
  const { settings } = provenance;

  it.each<[string, () => unknown, string]>([
    ['does not exist', () => ((settings as never as { sampels: boolean }).sampels = false), 'unknown setting "sampels" of provenance.settings: did you mean samples?'], // prettier-ignore
    ['is within others', () => ((settings.limits as never as { process: number }).process = 1), 'unknown setting "process" of provenance.settings.limits: did you mean processes?'], // prettier-ignore
    ['has another type', () => (settings.samples = 'no' as never), 'invalid samples of provenance.settings: expected true or false, got "no"'], // prettier-ignore
    ['is not a function', () => (settings.redact = 'name' as never), 'invalid redact of provenance.settings: expected a function or null'], // prettier-ignore
    ['is another word', () => (settings.timing = 'all' as never), "expected 'sampled' or 'everything', got \"all\""],
    ['is below nothing', () => (settings.limits.runs = -1), 'invalid runs of provenance.settings.limits: expected a number from 0, got -1'], // prettier-ignore
    ['is replaced with its members', () => ((settings as { limits: unknown }).limits = {}), 'set its members one by one, such as provenance.settings.limits.processes'], // prettier-ignore
    ['is no switch', () => (provenance.recording = 1 as never), 'invalid provenance.recording: expected true or false, got 1'], // prettier-ignore
  ])('is refused where it %s', (_, set, message) => {
    const before = JSON.stringify(settings);
    expect(set).toThrow(message);
    expect(JSON.stringify(settings)).toBe(before);
  });

  it('holds where it is right', () => {
    const { runs } = settings.limits;
    settings.limits.runs = runs + 1;
    expect(provenance.settings.limits.runs).toBe(runs + 1);
    settings.limits.runs = runs;
  });
});
