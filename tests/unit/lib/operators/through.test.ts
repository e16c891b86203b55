import { describe, expect, it } from 'vitest';
import { Dataset, type PipelineError, provenance } from 'stemma';

const record = (label: string) => {
  const { processes, artifacts } = provenance.document();
  const process = processes.filter((one) => one.label === label).at(-1)!;
  return { process, artifact: artifacts.find(({ id }) => id === process.outputs[0])! };
};

describe('through', () => {
  it('is one operation in the graph, of a length that is unknown unless it is given', async () => {
    const numbers = Dataset.range(4, 'Through numbers');
    const halves = numbers.through(function* (items) {
      for (const n of items) yield n / 2;
    }, 'Halves');
    expect(halves.length).toEqual({ kind: 'unknown' });
    expect(await halves.toArray()).toEqual([0, 0.5, 1, 1.5]);
    const { process, artifact } = record('Halves');
    expect(process).toMatchObject({ kind: 'through', execution: { itemsIn: 4, itemsOut: 4, state: 'complete' } });
    expect(process.inputs).toEqual([record('Through numbers').artifact.id]);
    expect(artifact.length).toEqual({ kind: 'exact', items: 4 });
    expect(numbers.through((items) => items, { length: 4 }).length).toEqual({ kind: 'exact', items: 4 });
  });

  it('begins afresh in each run, and reads no more than it needs', async () => {
    let read = 0;
    const sums = Dataset.range(1000)
      .tap(() => read++)
      .through(function* (items) {
        let sum = 0;
        for (const n of items) yield (sum += n);
      });
    for (let epoch = 0; epoch < 2; epoch++) expect(await sums.take(4).toArray()).toEqual([0, 1, 3, 6]);
    expect(read).toBe(8);
  });

  it('closes its source when it ends before it, or is ended', async () => {
    const events: string[] = [];
    const source = Dataset.fromGenerator(function* () {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        events.push('source');
      }
    });
    const first = source.through(async function* (items) {
      for await (const n of items) {
        if (n === 3) return;
        yield n;
      }
    });
    expect(await first.toArray()).toEqual([0, 1, 2]);
    expect(events).toEqual(['source']);
    const endless = source.through(function* (items) {
      try {
        yield* items;
      } finally {
        events.push('function');
      }
    });
    for await (const n of endless) if (n === 5) break;
    expect(events.sort()).toEqual(['function', 'source', 'source']);
  });

  it('knows where its items came from: the item read last, or those that it names', async () => {
    const rows = Dataset.range(6, 'Rows');
    const originsOf = async (ds: Dataset<unknown>): Promise<string[][]> => {
      await ds.count();
      return record('Origins').artifact.execution.samples.map(({ origins }) => origins);
    };
    const twice = rows.through(function* (items) {
      yield 'head';
      for (const n of items) if (n === 2) yield* [n, n];
    }, 'Origins');
    expect(await originsOf(twice)).toEqual([[], ['Rows item 2'], ['Rows item 2 part 1']]);
    const pairs = rows.through(async function* (items, context) {
      for await (const n of items) if (n % 2 > 0) yield context.from([n - 1, n], context.index - 1, context.index);
    }, 'Origins');
    expect(await pairs.toArray()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(await originsOf(pairs)).toEqual([
      ['Rows item 0', 'Rows item 1'],
      ['Rows item 2', 'Rows item 3'],
      ['Rows item 4', 'Rows item 5'],
    ]);
  });

  it('says at which item it failed, and leaves the errors of others as they are', async () => {
    const failing = Dataset.range(9, 'Rows').through(function* (items) {
      for (const n of items) {
        if (n === 4) throw new RangeError('four');
        yield n;
      }
    }, 'Fails');
    const seen: number[] = [];
    const error = await failing.forEach((n) => void seen.push(n)).catch((thrown: PipelineError) => thrown);
    expect(error).toMatchObject({
      message: 'through "Fails" failed at item 4 (Rows item 4): four',
      index: 4,
      origin: 'Rows item 4',
    });
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(record('Fails').process.execution).toMatchObject({ state: 'failed', failed: 1 });
    const upstream = Dataset.range(3)
      .map(() => {
        throw new Error('upstream');
      }, 'Before')
      .through(async function* (items) {
        yield* items;
      });
    await expect(upstream.toArray()).rejects.toMatchObject({ kind: 'map', label: 'Before' });
  });

  it.each<[string, (ds: Dataset<number>) => Dataset<unknown>]>([
    ['zip', (ds) => Dataset.zip([ds, ds])],
    ['interleave', (ds) => Dataset.interleave([ds, ds])],
    ['interleave of arrays', (ds) => ds.interleave((n) => [n, n])],
    ['mix', (ds) => Dataset.mix([ds, ds], { seed: 1 })],
    ['concat', (ds) => ds.concat(ds)],
    ['repeat', (ds) => ds.repeat(2)],
    ['flatMap', (ds) => ds.flatMap((n) => [n, n])],
    ['shuffle', (ds) => ds.shuffle({ seed: 1, bufferSize: 4 })],
    ['batch', (ds) => ds.batch(4)],
    ['paddedBatch', (ds) => ds.map((n) => [n]).paddedBatch(4)],
    ['unbatch', (ds) => ds.batch(4).unbatch()],
    ['window', (ds) => ds.window(4)],
    ['bucketBy', (ds) => ds.bucketBy((n) => n % 2, { size: 4 })],
    ['cache', (ds) => ds.cache()],
    ['split', (ds) => ds.split({ a: 0.5 }, { seed: 1 }).a],
    ['sampleWeighted', (ds) => ds.sampleWeighted(() => 0.5, { seed: 1 })],
    ['distinct', (ds) => ds.distinct()],
    ['scan', (ds) => ds.scan(0, (sum, n) => sum + n)],
    ['takeWhile', (ds) => ds.takeWhile((n) => n < 5)],
    ['shard', (ds) => ds.shard(1, 3)],
    ['take', (ds) => ds.take(7)],
    [
      'through',
      (ds) =>
        ds.through(function* (items) {
          yield* items;
        }),
    ],
  ])('reads at once what %s makes of items that are there at once', async (_, operate) => {
    // Behind a concat and a repeat, which close what has ended before they go on.
    const ds = operate(Dataset.range(1, 20))
      .concat(operate(Dataset.range(3)))
      .repeat(2);
    const all = ds.through(function* (items) {
      for (const item of items) yield item;
    });
    expect(await all.toArray()).toEqual(await ds.epoch(0).toArray());
  });

  it('says what to write where it reads at once what is not there at once, and where it is no generator', async () => {
    const late = Dataset.range(3).map(async (n) => n);
    const sync = late.through(function* (items) {
      yield* items;
    });
    await expect(sync.toArray()).rejects.toThrow('write async function* and for await');
    await expect(late.through((() => 5) as never).toArray()).rejects.toThrow('expected something to iterate, got 5');
  });

  it('ends where its run is aborted, with its signal', async () => {
    const controller = new AbortController();
    let told = false;
    const waiting = Dataset.range(3).through(async function* (items, { signal }) {
      signal.addEventListener('abort', () => (told = true));
      for await (const n of items) {
        setImmediate(() => controller.abort(new Error('enough')));
        await new Promise(() => undefined);
        yield n;
      }
    });
    await expect(waiting.count({ signal: controller.signal })).rejects.toThrow('enough');
    expect(told).toBe(true);
  });
});

describe('the length given to through', () => {
  const yielding = (count: number, length: number) =>
    Dataset.range(3).through(
      function* () {
        for (let i = 0; i < count; i++) yield i;
      },
      { identifier: 'Promised', length },
    );

  it('is held to: more or fewer items are an error of the run', async () => {
    expect(await yielding(2, 2).toArray()).toEqual([0, 1]);
    await expect(yielding(4, 2).toArray()).rejects.toThrow('expected 2 items, as the option length says, got more');
    await expect(yielding(1, 2).toArray()).rejects.toThrow('expected 2 items, as the option length says, got 1');
  });
});

describe('a synchronous function', () => {
  const doubled = <T extends number>(ds: Dataset<T>): Dataset<number> =>
    ds.through(function* (items) {
      for (const n of items) yield n * 2;
    }, 'Doubled');

  it.each([
    ['stratify', { stratify: (n: number) => n % 2, seed: 1 }],
    ['groupBy', { groupBy: (n: number) => n % 4, seed: 1 }],
    ['no key', { seed: 1 }],
  ])('may stand behind a split, which reads all items before it gives the first: %s', async (_, options) => {
    const { a, b } = Dataset.range(20, 'Rows').split({ a: 0.5, b: 0.5 }, options);
    for (const part of [a, b, a.map((n) => n)]) {
      const ds = doubled(part);
      const expected = (await part.toArray()).map((n) => n * 2);
      for (let epoch = 0; epoch < 2; epoch++) expect(await ds.toArray()).toEqual(expected);
      expect(await ds.take(2).toArray()).toEqual(expected.slice(0, 2));
    }
    expect(await doubled(a.filter(() => false)).toArray()).toEqual([]);
  });

  it('fails with the error of a key behind a split', async () => {
    const split = Dataset.range(4, 'Rows').split({ a: 1 }, { groupBy: () => null as never });
    await expect(doubled(split.a).toArray()).rejects.toThrow('expected a text, a number or true or false from groupBy');
  });

  it('is refused behind what gives promises, whose own failure ends nothing else', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const later = Dataset.range(4).map(async () => {
      await Promise.resolve();
      throw new Error('later');
    });
    await expect(doubled(later).toArray()).rejects.toThrow('write async function* and for await');
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

describe('items that through makes of its own', () => {
  const own = () =>
    Dataset.range(9).through(function* () {
      for (let i = 0; i < 20; i++) yield i;
    });

  it('have generators of their own', async () => {
    const drawn = await own()
      .randomMap((_, random) => random.next(), { seed: 1 })
      .toArray();
    expect(new Set(drawn).size).toBe(20);
  });

  it('are not dealt out by the rows of sources that they are not made of', async () => {
    expect(() => own().split({ a: 0.5, b: 0.5 })).toThrow('split before it, or pass groupBy');
    expect(() =>
      own()
        .map((n) => n)
        .split({ a: 0.5 }, { stratify: (n) => n % 2 }),
    ).toThrow('split before it');
    const { a, b } = own().split({ a: 0.5, b: 0.5 }, { groupBy: (n) => n, seed: 1 });
    expect([...(await a.toArray()), ...(await b.toArray())].sort((x, y) => x - y)).toEqual(await own().toArray());
  });
});
