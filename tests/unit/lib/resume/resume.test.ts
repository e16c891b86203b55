import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parquetWriteFile } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { Dataset, type IteratorState, provenance } from 'stemma';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();

/** Where the iterator is after `count` items, as another process gets it. */
async function stateAfter(ds: Dataset<unknown>, count: number): Promise<IteratorState> {
  const iterator = ds.iterate();
  for (let i = 0; i < count; i++) await iterator.next();
  const text = JSON.stringify(iterator.state());
  await iterator.return!();
  return JSON.parse(text) as IteratorState;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('what was handed out is not made again', () => {
  const files = join(folder, 'classes');
  for (const label of ['a', 'b']) {
    mkdirSync(join(files, label), { recursive: true });
    for (let i = 0; i < 300; i++) writeFileSync(join(files, label, `${1000 + i}.txt`), `${i}`);
  }
  writeFileSync(join(folder, 'rows.csv'), `n\n${[...Array(600).keys()].join('\n')}\n`);

  const sources: { [name: string]: () => Dataset<unknown> } = {
    range: () => Dataset.range(600),
    fromArray: () => Dataset.fromArray([...Array(600).keys()]),
    fromFolder: () => Dataset.fromFolder(files, { recursive: true }),
    'fromClassFolders, concat': () =>
      Dataset.fromClassFolders(files)[0]!.dataset.concat(Dataset.fromClassFolders(files)[1]!.dataset),
    fromCsv: () => Dataset.fromCsv(join(folder, 'rows.csv')),
    fromGenerator: () => Dataset.fromGenerator(() => Array(600).keys()),
  };
  /** `again`: the most items that may be made once more after 500 of 600, those in buffers included. */
  const chains: { [name: string]: { make: (ds: Dataset<unknown>) => Dataset<unknown>; after: number; again: number } } =
    {
      'map, batch': { make: (ds) => ds.batch(10), after: 50, again: 100 },
      'map, filter, batch, prefetch': {
        make: (ds) =>
          ds
            .filter((_) => true)
            .batch(10)
            .prefetch(2),
        after: 50,
        again: 100,
      },
      'repeat, batch': { make: (ds) => ds.repeat(3).batch(10), after: 170, again: 100 },
      'a filter in repetitions': {
        make: (ds) =>
          ds
            .filter((_) => true)
            .repeat(3)
            .batch(10),
        after: 170,
        again: 100,
      },
    };
  const shuffles: typeof chains = {
    'map, shuffle, batch': { make: (ds) => ds.shuffle({ seed: 1 }).batch(10), after: 50, again: 100 },
    'a small shuffle': { make: (ds) => ds.shuffle({ seed: 1, bufferSize: 20 }).batch(10), after: 50, again: 120 },
    'map, filter, shuffle, batch, prefetch, repeat': {
      make: (ds) =>
        ds
          .filter((_) => true)
          .shuffle({ seed: 1, bufferSize: 20 })
          .batch(10)
          .prefetch(2)
          .repeat(2),
      after: 110,
      again: 120,
    },
  };
  const readable = new Set(['range', 'fromArray', 'fromFolder']);
  const cases = Object.keys(sources).flatMap((source) =>
    Object.entries({ ...chains, ...(readable.has(source) ? shuffles : {}) }).map(
      ([name, chain]) => [source, name, chain] as const,
    ),
  );

  it.each(cases)('%s: %s', async (source, _, { make, after, again }) => {
    let made = 0;
    const ds = (): Dataset<unknown> =>
      make(
        sources[source]!().map((item) => {
          made++;
          return item;
        }),
      );
    const whole = await all(ds());
    const state = await stateAfter(ds(), after);
    made = 0;
    const rest = await all(ds().iterate({ resume: state }));
    expect(rest).toEqual(whole.slice(after));
    expect(made).toBeLessThanOrEqual(again);
  });

  it('what is behind an operation that begins again is not called for it', async () => {
    let made = 0;
    const ds = (): Dataset<number> =>
      Dataset.range(100)
        .window(2, { shift: 2 })
        .map(([n]) => {
          made++;
          return n!;
        });
    const state = await stateAfter(ds(), 40);
    made = 0;
    expect(await all(ds().iterate({ resume: state }))).toEqual([80, 82, 84, 86, 88, 90, 92, 94, 96, 98]);
    expect(made).toBe(10);
  });

  it('row groups of Parquet that were handed out are not read', async () => {
    const filename = join(folder, 'groups.parquet');
    parquetWriteFile({
      filename,
      columnData: [{ name: 'n', data: Int32Array.from({ length: 90 }, (_, n) => n), type: 'INT32' }],
      rowGroupSize: 30,
      codec: 'UNCOMPRESSED',
    });
    const state = await stateAfter(Dataset.fromParquet(filename), 65);
    // Behind the magic bytes the pages of the first group begin.
    writeFileSync(filename, readFileSync(filename).fill(255, 4, 20));
    await expect(Dataset.fromParquet(filename).toArray()).rejects.toThrow('groups.parquet');
    const rest = await all(Dataset.fromParquet(filename).iterate({ resume: state }));
    expect(rest.map(({ n }) => n)).toEqual(Array.from({ length: 25 }, (_, i) => 65 + i));
  });
});

it('the state is small', async () => {
  const ds = Dataset.range(1_000_000).shuffle({ seed: 1 }).batch(64);
  expect(JSON.stringify(await stateAfter(ds, 1000)).length).toBeLessThan(1000);
});

it('a state before the first item, and one behind the last, is one, too', async () => {
  const ds = Dataset.range(5).shuffle({ seed: 3 });
  const before = ds.iterate().state();
  expect(before.items).toBe(0);
  const again = Dataset.range(5).shuffle({ seed: 3 });
  await again.count();
  expect(await all(again.iterate({ resume: before }))).toEqual(await Dataset.range(5).shuffle({ seed: 3 }).toArray());
  const iterator = ds.iterate();
  expect(await all(iterator)).toHaveLength(5);
  expect(await all(ds.iterate({ resume: iterator.state() }))).toEqual([]);
});

it('after a failure the iterator goes on with the item that failed', async () => {
  let isDown = true;
  const ds = Dataset.range(5).map((n) => {
    if (n === 3 && isDown) throw new Error('the network is down');
    return n;
  });
  const iterator = ds.iterate();
  await expect(all(iterator)).rejects.toThrow('the network is down');
  isDown = false;
  expect(await all(ds.iterate({ resume: iterator.state() }))).toEqual([3, 4]);
});

it('an error behind the place names the item by its index in the whole', async () => {
  const ds = Dataset.range(100).map((n) => {
    if (n === 77) throw new Error('odd');
    return n;
  }, 'Check');
  const state = await stateAfter(ds, 50);
  await expect(all(ds.iterate({ resume: state }))).rejects.toThrow('map "Check" failed at item 77 (range item 77)');
});

it('the record links the two halves', async () => {
  const ds = Dataset.range(10).batch(2);
  const state = await stateAfter(ds, 3);
  await all(ds.iterate({ resume: state }));
  const [first, second] = provenance.document().runs.slice(-2);
  expect(state.run).toBe(first!.id);
  expect(first!.resumed).toBeUndefined();
  expect(second!.resumed).toEqual({ run: first!.id, items: 3 });
});

describe('refused, with the reason', () => {
  const made = (): Dataset<number> =>
    Dataset.range(10)
      .map((n) => n + 1, 'Add')
      .batch(2)
      .map(([a]) => a!, 'First');
  const other =
    (declare: () => Dataset<unknown>, state: unknown): (() => unknown) =>
    () =>
      declare().iterate({ resume: state as IteratorState });

  it.each([
    [() => Dataset.fromStream(Readable.from([1, 2, 3])), 'fromStream "fromStream": a stream can be read once'],
    [() => Dataset.fromGenerator([1, 2, 3].values()), 'an iterator can be read only once'],
    [
      () => Dataset.range(3).map(async (n) => n, { ordered: false, identifier: 'Fetch' }),
      'map "Fetch" has ordered: false',
    ],
  ] as [() => Dataset<unknown>, string][])('%s', async (declare, message) => {
    await expect(stateAfter(declare(), 1)).rejects.toThrow(message);
  });

  it('another pipeline, by its first step that differs', async () => {
    const state = await stateAfter(made(), 2);
    expect(
      other(
        () =>
          Dataset.range(10)
            .map((n) => n + 1, 'Plus')
            .batch(2),
        state,
      ),
    ).toThrow('the first step that differs is map "Plus"');
    expect(
      other(
        () =>
          Dataset.range(10)
            .map((n) => n + 1, 'Add')
            .batch(3)
            .map(([a]) => a!, 'First'),
        state,
      ),
    ).toThrow('the options of batch were others');
    expect(
      other(
        () =>
          Dataset.range(10)
            .map((n) => n + 2, 'Add')
            .batch(2)
            .map(([a]) => a!, 'First'),
        state,
      ),
    ).toThrow('the function of map "Add" was another one');
    expect(other(made, state)).not.toThrow();
  });

  it('another seed, also one that was drawn', async () => {
    const state = await stateAfter(Dataset.range(10).shuffle({ seed: 1 }), 2);
    expect(other(() => Dataset.range(10).shuffle({ seed: 2 }), state)).toThrow(
      'the seed of shuffle "shuffle" was 1, and is 2 (pass seed: 1)',
    );
    expect(other(() => Dataset.range(10).shuffle(), state)).toThrow(
      /was 1, and is \d+, which was drawn \(pass seed: 1\)/,
    );
  });

  it('a state of a later version, a damaged one, and what is none', async () => {
    const state = await stateAfter(made(), 2);
    expect(other(made, { ...state, version: 2 })).toThrow(
      'the state has version 2, and this Stemma reads up to version 1',
    );
    for (const name of ['items', 'run', 'recipe', 'seeds', 'epochs', 'last', 'rows'])
      expect(other(made, { ...state, [name]: -0.5 })).toThrow(`the state is damaged: its member ${name} is -0.5`);
    for (const none of [null, 3, 'state', {}, JSON.stringify(state)])
      expect(other(made, none)).toThrow('invalid resume of iterate: expected what state() of an iterator returned');
  });
});

it('a new process goes on where one was killed', async () => {
  const run = async (state: string, ...batches: string[]): Promise<string[]> => {
    const { output } = await command([process.execPath, join(import.meta.dirname, 'train.mjs'), state, ...batches]);
    return output.trim().split('\n');
  };
  const [whole, state] = [join(folder, 'whole.json'), join(folder, 'state.json')];
  const expected = await run(whole);
  expect(expected).toHaveLength(3 * Math.ceil(300 / 16));
  const parts = [await run(state, '7'), await run(state, '20'), await run(state)];
  expect(parts.map(({ length }) => length)).toEqual([7, 20, expected.length - 27]);
  expect(parts.flat()).toEqual(expected);
});
