import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, type FileRef, PipelineError } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { DOUBLE_MODULE } from './table';
import { nodeOf } from '../../../support/node-of';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const upTo = (count: number): number[] => [...Array(count).keys()];

describe('chance', () => {
  const augmented = (ds: Dataset<number>, concurrency = 4) =>
    ds.randomMap(async (n, random) => [n, random.next()] as const, { seed: 5, identifier: 'Augment', concurrency });

  it('deals the same at concurrency 1, 4 and 16, byte for byte', async () => {
    const run = async (concurrency: number): Promise<string> => {
      const shuffled = Dataset.range(200, 'rows').shuffle({ seed: 1, bufferSize: 30, identifier: 'Shuffle' });
      const mixed = Dataset.mix([augmented(shuffled, concurrency), augmented(Dataset.range(50, 'more'), concurrency)], {
        seed: 2,
      });
      return JSON.stringify(await mixed.sample(0.5, { seed: 3 }).batch(7, { ragged: true }).toArray());
    };
    const one = await run(1);
    expect([await run(4), await run(16)]).toEqual([one, one]);
  });

  it('deals the same after another operation was inserted', async () => {
    const plain = await augmented(Dataset.range(60, 'rows')).toArray();
    const longer = Dataset.range(60, 'rows')
      .flatMap((n) => (n % 2 === 0 ? [n] : []))
      .filter((n) => n > 10)
      .tap(() => undefined)
      .prefetch(3)
      .batch(4)
      .unbatch();
    const kept = (await augmented(longer).toArray()).map(([n]) => n);
    expect(kept).toEqual(upTo(60).filter((n) => n % 2 === 0 && n > 10));
    const inserted = Dataset.range(60, 'rows')
      .filter((n) => n > 10)
      .tap(() => undefined)
      .prefetch(3);
    expect(await augmented(inserted.batch(4).unbatch()).toArray()).toEqual(plain.slice(11));
    const { train } = Dataset.range(60, 'rows').split({ train: 0.5 }, { seed: 1 });
    const items = new Set(await train.toArray());
    const late = Dataset.range(60, 'rows')
      .map(async (n) => n)
      .shuffle()
      .split({ train: 0.5 }, { seed: 1 }).train;
    expect(new Set(await late.toArray())).toEqual(items);
  });

  it('gives each repetition and each part of an item numbers of its own', async () => {
    const repeated = await augmented(Dataset.range(5).repeat(3)).toArray();
    expect(new Set(repeated.map(([, number]) => number)).size).toBe(15);
    const parts = await augmented(Dataset.range(5).flatMap((n) => [n, n, n])).toArray();
    expect(new Set(parts.map(([, number]) => number)).size).toBe(15);
  });

  it('gives each repetition numbers of its own, however many sources and repetitions there are', async () => {
    const classes = [...'abcdefghij'].map((name) => Dataset.fromArray([name], name));
    const noisy = Dataset.concat(...classes)
      .repeat(900)
      .randomMap((_, random) => random.bits() * 2 ** 20 + (random.bits() >>> 12), { seed: 1 });
    expect(new Set(await noisy.toArray()).size).toBe(9000);
  });

  it('goes on with other orders where an endless repetition is iterated again', async () => {
    const endless = Dataset.range(30).shuffle({ seed: 1 }).repeat().take(60);
    const [first, second] = [await endless.toArray(), await endless.toArray()];
    const passes = [first, second].flatMap((items) => [items.slice(0, 30), items.slice(30)]);
    expect(new Set(passes.map(String)).size).toBe(4);
  });

  it('deals the same however a compiler writes the functions', async () => {
    const compiled = (source: string): never => new Function(`return ${source}`)() as never;
    const run = async (generator: string, draw: string): Promise<unknown> => {
      const { train } = Dataset.fromGenerator(compiled(generator)).split({ train: 0.5 }, { seed: 1 });
      return train.randomMap(compiled(draw), { seed: 2 }).toArray();
    };
    const one = await run(
      'function* () { for (let i = 0; i < 50; i++) yield `${i}`; }',
      '(n, random) => random.next()',
    );
    const other = await run(
      'function*(){\n\tfor(let i=0;i<50;i++)yield`${i}`}',
      '(n,random)=>{\n\treturn random.next();\n}',
    );
    expect(other).toEqual(one);
  });

  it('draws differently in each of two operations with one seed', async () => {
    const items = Dataset.range(1000);
    expect(await items.sample(0.5, { seed: 1 }).sample(0.5, { seed: 1 }).count()).toBeLessThan(300);
    const draws = items
      .randomMap((_, random) => [random.next()], { seed: 1 })
      .randomMap((numbers, random) => [...numbers, random.next()], { seed: 1 });
    for (const [first, second] of await draws.toArray()) expect(first).not.toBe(second);
    const order = await items.shuffle({ seed: 1 }).toArray();
    const twice = await items.shuffle({ seed: 1 }).shuffle({ seed: 1 }).toArray();
    expect(twice).not.toEqual(order.map((at) => order[at]));
  });

  it('refuses a seed that is not an integer', () => {
    const ds = Dataset.range(9);
    for (const [seed, got] of [
      [NaN, 'NaN'],
      [1.9, '1.9'],
      ['abc' as never, '"abc"'],
      [2 ** 60, String(2 ** 60)],
    ] as const) {
      const problem = `expected a whole number, got ${got}`;
      expect(() => ds.shuffle({ seed })).toThrow(`invalid seed of shuffle: ${problem}`);
      expect(() => ds.sample(0.5, { seed })).toThrow(`invalid seed of sample: ${problem}`);
      expect(() => ds.split({ train: 1 }, { seed })).toThrow(`invalid seed of split: ${problem}`);
      expect(() => ds.randomMap((n) => n, { seed })).toThrow(`invalid seed of randomMap: ${problem}`);
      expect(() => Dataset.mix([ds, ds], { seed })).toThrow(`invalid seed of mix: ${problem}`);
    }
  });

  it('records the seeds that it drew', async () => {
    const ds = Dataset.range(20).shuffle().sample(0.9);
    for (const node of [nodeOf(ds), nodeOf(ds).parents[0]!])
      expect(node.record!.definition.options.seed).toEqual(expect.any(Number));
  });
});

describe('split', () => {
  it('has the shares that are asked for', async () => {
    const { train, validation, test } = Dataset.range(20_000).split(
      { train: 0.7, validation: 0.2, test: 0.1 },
      { seed: 1 },
    );
    const counts = await Promise.all([train, validation, test].map((part) => part.count()));
    expect(counts).toEqual([14_000, 4_000, 2_000]);
  });

  it('keeps together what has one key, and what was made of one item', async () => {
    const visits = Dataset.range(300).map((n) => ({ patient: `p${n % 20}`, visit: n }));
    const byPatient = visits.split({ train: 0.5, validation: 0.5 }, { seed: 7, groupBy: ({ patient }) => patient });
    const patients = async (part: Dataset<{ patient: string }>): Promise<Set<string>> =>
      new Set((await part.toArray()).map(({ patient }) => patient));
    const train = await patients(byPatient.train);
    for (const patient of await patients(byPatient.validation)) expect(train).not.toContain(patient);
    const crops = Dataset.range(100)
      .flatMap((n) => [n, n])
      .repeat(2)
      .split({ train: 0.5, validation: 0.5 }, { seed: 7 });
    const images = new Set(await crops.train.toArray());
    for (const image of await crops.validation.toArray()) expect(images).not.toContain(image);
  });

  it.each([
    ['by origin', {}],
    ['by key', { groupBy: (n: number) => n }],
    ['evenly', { stratify: (n: number) => n % 7 }],
  ])('draws the parts of a part again, even with the same seed, %s', async (_, options) => {
    const { rest } = Dataset.range(10_000).split({ train: 0.8, rest: 0.2 }, { seed: 42, ...options });
    const { validation, test } = rest.split({ validation: 0.5, test: 0.5 }, { seed: 42, ...options });
    const counts = await Promise.all([rest, validation, test].map((part) => part.count()));
    expect(counts[1]! + counts[2]!).toBe(counts[0]);
    expect(counts).toEqual([2000, 1000, 1000]);
  });

  it('names the operation and the item that has no key, before any item comes', async () => {
    const by = ({ n }: { n: number | null }): number => {
      if (n === null) throw new Error('no key');
      return n;
    };
    const records = Dataset.fromArray([...upTo(600), null, 5], 'Records').map((n) => ({ n }));
    const { all } = records.split({ all: 1 }, { groupBy: by, identifier: 'Deal' });
    const seen: unknown[] = [];
    const error: unknown = await all.forEach(({ n }) => seen.push(n)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({
      message: 'split "Deal all" failed at item 600 (Records item 600): no key (input: {n: null})',
      index: 600,
    });
    expect(seen).toEqual([]);
    expect(nodeOf(all).record).toMatchObject({ state: 'failed', failed: 1, failure: { message: 'no key' } });
  });

  it('refuses shares of more than the whole', () => {
    expect(() => Dataset.range(3).split({ a: 0.8, b: 0.3 })).toThrow('together they are 1.1');
    expect(() => Dataset.range(3).split({ a: -0.1 })).toThrow(
      'invalid share of "a" in split: expected a number from 0 to 1, got -0.1',
    );
  });
});

describe('mix', () => {
  it('draws by weight, and keeps them to the end where it stops with the first', async () => {
    const [zeros, ones] = [0, 1].map((value) => Dataset.fromArray(new Array<number>(5000).fill(value)));
    const items = await Dataset.mix([zeros!, ones!], { weights: [1, 3], seed: 1, stopOnEmpty: true }).toArray();
    const share = items.reduce((a, b) => a + b) / items.length;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.02);
    expect(items.length).toBeLessThan(7_000);
    expect(() => Dataset.mix([zeros!], { weights: [1, 2] })).toThrow(
      'invalid weights of mix: expected 1 numbers above 0, one for each dataset, got [1, 2]',
    );
  });
});

describe('interleave', () => {
  it('ends with the error of a file that came while nobody waited for it', async () => {
    const file = join(temporaryFolder(), 'broken.jsonl');
    writeFileSync(file, '1\n'.repeat(300) + 'broken');
    const three = Dataset.interleave([Dataset.range(1000), Dataset.range(1000), Dataset.fromJsonLines(file)]);
    let seen = 0;
    const run = three.forEach(async () => {
      seen++;
      await soon();
    });
    await expect(run).rejects.toThrow('line 301 is not valid JSON');
    expect(seen).toBe(902);
  });
});

describe('shuffle', () => {
  it('takes all items where their number is known, and a buffer where it is not', () => {
    const bufferSize = (ds: Dataset<number>) => nodeOf(ds.shuffle({ seed: 1 })).record!.definition.options.bufferSize;
    expect(bufferSize(Dataset.range(100_000).filter(Boolean))).toBeNull();
    expect(bufferSize(Dataset.range(10).repeat())).toBe(10_000);
  });

  it('is warned of where take and skip are apart, not where one is behind the other', () => {
    const warnings = (ds: Dataset<number>): number => nodeOf(ds).record!.warnings.length;
    const shuffled = Dataset.range(9).shuffle();
    const middle = shuffled
      .skip(1)
      .map((n) => n)
      .take(3)
      .skip(1);
    expect([middle, middle.take(1)].map(warnings)).toEqual([0, 0]);
    expect(warnings(shuffled.take(3))).toBe(1);
    expect(warnings(Dataset.range(9).shuffle({ reshuffleEachIteration: false }).skip(1))).toBe(0);
  });

  it('gives something of a stream without an end', async () => {
    expect(await Dataset.range(10).repeat().shuffle({ seed: 1 }).take(3).count()).toBe(3);
  });

  it('emits no more than requested, so that downstream steps process no more', async () => {
    let calls = 0;
    const counted = Dataset.range(1000)
      .shuffle({ seed: 1 })
      .map((n) => (calls++, n));
    expect(await counted.take(5).toArray()).toHaveLength(5);
    expect(calls).toBe(5);
    calls = 0;
    for await (const _ of counted) if (calls === 2) break;
    expect(calls).toBe(2);
  });
});

describe('window', () => {
  it('emits no more windows than requested, even at the end of the stream', async () => {
    let calls = 0;
    const counted = Dataset.range(10)
      .window(6, { shift: 1 })
      .map((window) => (calls++, window));
    expect(await counted.take(7).toArray()).toHaveLength(7);
    expect(calls).toBe(7);
  });

  it('makes few at a time where they are large and overlap', async () => {
    let taken = 0;
    let takenAtFirst = 0;
    const sizes = await Dataset.range(3000)
      .tap(() => taken++)
      .window(2000, { shift: 1 })
      .map(({ length }) => ((takenAtFirst ||= taken), length))
      .toArray();
    expect(sizes).toEqual([...new Array<number>(1001).fill(2000), ...upTo(2000).slice(1).reverse()]);
    expect(takenAtFirst).toBeLessThan(2040);
  });
});

describe('cache', () => {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();

  /** Counts how often what is before the cache runs. */
  function counted(
    make: (ds: Dataset<{ n: number; data: Float32Array }>) => Dataset<{ n: number; data: Float32Array }>,
  ) {
    const state = { calls: 0 };
    const ds = Dataset.range(700, 'rows').map((n) => {
      state.calls++;
      return { n, data: Float32Array.of(n, -n) };
    });
    return { state, ds: make(ds) };
  }

  it.each([
    ['memory', () => ({})],
    ['disk', () => ({ folder, key: 'rows v1' })],
  ])('in %s: what is before it runs once', async (_, options) => {
    const { state, ds } = counted((items) => items.cache(options()));
    const noisy = ds.randomMap(({ n, data }, random) => [n, data, random.next()], { seed: 1, identifier: 'Noise' });
    for await (const _ of ds) break;
    expect(state.calls).toBeLessThan(700);
    const first = await ds.toArray();
    const calls = state.calls;
    expect(await ds.toArray()).toEqual(first);
    expect(await ds.take(2).toArray()).toEqual(first.slice(0, 2));
    expect(state.calls).toBe(calls);
    // The items keep their origins: chance deals as it does without the cache.
    const without = counted((items) => items).ds.randomMap(({ n, data }, random) => [n, data, random.next()], {
      seed: 1,
      identifier: 'Noise',
    });
    expect(await noisy.toArray()).toEqual(await without.toArray());
    const failing = ds.map(({ n }) => {
      if (n === 400) throw new Error('late');
    });
    await expect(failing.toArray()).rejects.toMatchObject({ origin: 'rows item 400' });
  });

  it.each([
    ['memory', () => ({})],
    ['disk', (key: string) => ({ folder: elsewhere, key })],
  ])('in %s: chance deals in each repetition as it does without the cache', async (_, options) => {
    const draw = (ds: Dataset<number>) =>
      ds.randomMap((n, random) => `${n} ${random.next()}`, { seed: 1, identifier: 'Draw' });
    const rows = (): Dataset<number> => Dataset.range(5, 'rows').repeat(2);
    const [cached, plain] = [draw(rows().cache(options('whole')).repeat(3)), draw(rows().repeat(3))];
    for (let epoch = 0; epoch < 2; epoch++) expect(await cached.toArray()).toEqual(await plain.toArray());
    expect(new Set(await plain.toArray()).size).toBe(30);
    // As long as it is not full, too.
    const [few, plainFew] = [draw(rows().cache(options('begun')).take(3).repeat(3)), draw(rows().take(3).repeat(3))];
    expect(await few.toArray()).toEqual(await plainFew.toArray());
  });

  it('on disk outlives its dataset, leaves nothing half done, and tells what is broken', async () => {
    const options = { folder, key: 'rows v1' };
    const again = counted((items) => items.cache(options));
    expect(await again.ds.count()).toBe(700);
    expect(again.state.calls).toBe(0);
    const other = counted((items) => items.cache({ ...options, key: 'rows v2' }));
    await other.ds.take(3).toArray();
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^rows-v1-.*\.stemma-cache$/)]);
    writeFileSync(join(folder, readdirSync(folder)[0]!), 'stemma-cache 3\nabc');
    await expect(again.ds.count()).rejects.toThrow(
      /cache "cache" failed: the cache "rows v1" cannot be read: it is cut off/,
    );
    expect(() => Dataset.range(3).cache({ folder })).toThrow('a folder without a key');
  });
});

describe('a cache on disk', () => {
  const folder = temporaryFolder();
  const files = (): string[] => readdirSync(folder);
  /** How many of this process's open files lie in the folder. */
  const open = (): number =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(join('/proc/self/fd', fd)).startsWith(folder);
      } catch {
        return false; // It was the one that lists.
      }
    }).length;

  it('closes its file after each repetition', async () => {
    const cached = Dataset.range(5).cache({ folder, key: 'repeated' });
    await cached.count();
    let most = 0;
    for await (const _ of cached.repeat(20)) most = Math.max(most, open());
    expect([most, open()]).toEqual([1, 0]);
  });

  it('leaves nothing behind where a run is aborted while the file is being opened', async () => {
    const before = files();
    const controller = new AbortController();
    const cached = Dataset.range(5)
      .tap(() => queueMicrotask(() => controller.abort()))
      .cache({ folder, key: 'aborted' });
    await expect(cached.count({ signal: controller.signal })).rejects.toThrow('aborted');
    await cached.count();
    await expect.poll(open).toBe(0);
    const made = files().filter((name) => !before.includes(name));
    expect(made).toEqual([expect.stringMatching(/^aborted-.*\.stemma-cache$/)]);
  });

  it('names lines, rows and files as their source does, with no text for each where they are counted', async () => {
    writeFileSync(join(folder, 'poem.txt'), 'one\ntwo\nthree\n');
    const fail = (item: unknown) => {
      if (item === 'three' || item === 7 || (item as FileRef).name === 'poem.txt') throw new Error('that one');
    };
    const items = [
      Dataset.fromTextLines(join(folder, 'poem.txt')),
      Dataset.range(9, 'Numbers').flatMap((n) => [n]),
      Dataset.fromFolder(folder),
    ];
    const origins = items.map(async (ds, i) => {
      const cached = (ds as Dataset<unknown>).cache({ folder, key: `named ${i}` });
      await cached.count();
      return cached
        .tap(fail)
        .count()
        .catch((error: PipelineError) => error.origin);
    });
    expect(await Promise.all(origins)).toEqual([
      `${join(folder, 'poem.txt')} line 3`,
      'Numbers item 7 part 0',
      join(folder, 'poem.txt'),
    ]);
    const numbers = files().find((name) => name.startsWith('named-1-'))!;
    expect(readFileSync(join(folder, numbers), 'latin1')).not.toContain('Numbers item 7');
  });

  it('refuses instances of classes, which would come back as plain objects', async () => {
    class Point {
      constructor(readonly x: number) {}
    }
    const points = Dataset.range(3).map((n) => ({ at: new Map([[n, [new Point(n)]]]) }));
    await expect(points.cache({ folder, key: 'points' }).count()).rejects.toThrow(
      'cache "cache" failed: an instance of Point would come back from the file as a plain object',
    );
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const plain = [
      new Date(),
      /x/,
      new Float32Array(2),
      new Set([1n]),
      new Error('e'),
      Object.create(null),
      circle,
      null,
    ];
    const kept = Dataset.fromArray<unknown>(plain).cache({ folder, key: 'plain' });
    expect(await kept.toArray()).toEqual(await kept.toArray());
  });
});

describe('prefetch', () => {
  it('reads ahead while the consumer is busy, and no further than it may', async () => {
    let read = 0;
    const ds = Dataset.range(100)
      .tap(() => read++)
      .prefetch(10);
    const iterator = ds.iterate();
    await iterator.next();
    for (let i = 0; i < 50; i++) await soon();
    expect(read).toBe(11);
    await iterator.return!();
    read = 0;
    for await (const _ of ds.take(4)) await soon();
    expect(read).toBe(4);
  });

  it('emits the items before an error', async () => {
    const seen: number[] = [];
    const run = Dataset.range(9)
      .map((n) => {
        if (n === 5) throw new Error('five');
        return n;
      })
      .prefetch(3)
      .forEach((n) => seen.push(n));
    await expect(run).rejects.toThrow('five');
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('flatMap', () => {
  it('reads a generator no further than its items are wanted, and closes it', async () => {
    let made = 0;
    let closed = 0;
    const ds = Dataset.range(3).flatMap(function* (n) {
      try {
        for (;;) yield [n, made++];
      } finally {
        closed++;
      }
    });
    expect(await ds.take(4).toArray()).toEqual([0, 1, 2, 3].map((i) => [0, i]));
    expect([made, closed]).toEqual([4, 1]);
  });

  it('names a result that is not iterable', async () => {
    const run = Dataset.range(1)
      .flatMap((n) => n as never, 'Tokens')
      .toArray();
    await expect(run).rejects.toThrow(
      'flatMap "Tokens" failed at item 0 (range item 0): the function returned 0, which is not iterable; return an array or another iterable',
    );
  });
});

describe('ordered: false', () => {
  it('hands results on as they come, each with its origin', async () => {
    const release: (() => void)[] = [];
    const slow = async (n: number): Promise<number> => {
      if (n % 4 === 0) await new Promise<void>((done) => release.push(done));
      else await soon();
      return n * 2;
    };
    const seen: number[] = [];
    const ds = Dataset.range(20, 'rows').map(slow, { ordered: false, concurrency: 8, identifier: 'Slow' });
    for await (const n of ds) {
      seen.push(n);
      // Nothing but the slow ones is left under way.
      if (seen.length % 6 === 0 || seen.length === 15) release.splice(0).forEach((done) => done());
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(upTo(20).map((n) => n * 2));
    expect(seen.slice(0, 6)).toEqual([2, 4, 6, 10, 12, 14]);
    expect(nodeOf(ds).record!.definition.options).toMatchObject({ ordered: false, concurrency: 8 });
    const random = async (n: number): Promise<number> => {
      await new Promise((done) => setTimeout(done, n % 3));
      return n;
    };
    const numbers = (ordered: boolean) =>
      Dataset.range(50, 'rows')
        .map(random, { ordered })
        .randomMap((n, chance) => `${n} ${chance.next()}`, { seed: 1, identifier: 'Chance' })
        .toArray();
    expect(new Set(await numbers(false))).toEqual(new Set(await numbers(true)));
  });

  it('names the item that failed, and leaves none out', async () => {
    const failing = async (n: number): Promise<number> => {
      await soon();
      if (n === 7) throw new Error('seven');
      return n;
    };
    await expect(Dataset.range(30, 'rows').map(failing, { ordered: false }).toArray()).rejects.toMatchObject({
      index: 7,
      origin: 'rows item 7',
    });
    const rest = await Dataset.range(30).map(failing, { ordered: false, onError: 'skip', concurrency: 3 }).toArray();
    expect(rest.sort((a, b) => a - b)).toEqual(upTo(30).filter((n) => n !== 7));
  });
});

describe('onError', () => {
  it.each<[unknown, string]>([
    ['ignore', '"ignore"'],
    [null, 'null'],
    [true, 'true'],
  ])('cannot be %j', (onError, got) => {
    const wrong = { onError } as never;
    const message = (kind: string): string =>
      `invalid onError of ${kind}: expected 'throw', 'skip' or a function, got ${got}`;
    expect(() => Dataset.range(5).map((n) => n, wrong)).toThrow(message('map'));
    expect(() => Dataset.range(5).filter(() => true, wrong)).toThrow(message('filter'));
    expect(() => Dataset.fromArray([[1]]).unbatch(wrong)).toThrow(message('unbatch'));
  });
});

describe('a failure that ends the run', () => {
  const isBad = (n: number): boolean => n === 150;
  const fail = (n: number, calls: number[]): number => {
    calls.push(n);
    if (isBad(n)) throw new Error('bad');
    return n;
  };

  it.each([
    ['throw', 'throw' as const],
    ['a handler', (): 'throw' => 'throw'],
  ])('is the last call where calls are made one by one: %s', async (_, onError) => {
    for (const make of [
      (calls: number[]) => (ds: Dataset<number>) =>
        ds.map(async (n) => (await soon(), fail(n, calls)), { concurrency: 1, onError }),
      (calls: number[]) => (ds: Dataset<number>) => ds.map(async (n) => fail(n, calls), { concurrency: 1, onError }),
      (calls: number[]) => (ds: Dataset<number>) => ds.map((n) => fail(n, calls), { onError }),
      (calls: number[]) => (ds: Dataset<number>) => ds.filter((n) => fail(n, calls) >= 0, { onError }),
      (calls: number[]) => (ds: Dataset<number>) =>
        ds.filter(async (n) => (await soon(), fail(n, calls) >= 0), { concurrency: 1, onError }),
    ]) {
      const calls: number[] = [];
      const failing = make(calls)(Dataset.range(400));
      await expect(failing.toArray()).rejects.toThrow('bad');
      await soon();
      expect(calls).toEqual(upTo(151));
      expect(nodeOf(failing).record).toMatchObject({ itemsIn: 151, itemsOut: 150, failed: 1, skipped: 0 });
    }
  });

  it('begins no further calls beside those under way', async () => {
    const begun: number[] = [];
    const failing = Dataset.range(400).map(
      async (n) => {
        begun.push(n);
        await soon();
        if (isBad(n)) throw new Error('bad');
        // Those behind it are still under way when it fails.
        if (n > 150) await soon();
        return n;
      },
      { concurrency: 4 },
    );
    await expect(failing.toArray()).rejects.toThrow('bad');
    await soon();
    expect(begun).toEqual(upTo(begun.length));
    expect(begun.length).toBeLessThanOrEqual(154);
    expect(nodeOf(failing).record).toMatchObject({ itemsIn: begun.length, itemsOut: 150, failed: 1 });
  });

  it('is none where it is skipped: all items are called once, in order', async () => {
    const calls: number[] = [];
    const handler = (): 'skip' => 'skip';
    for (const onError of ['skip' as const, handler]) {
      const skipping = Dataset.range(400).map(async (n) => (await soon(), fail(n, calls)), { concurrency: 1, onError });
      expect(await skipping.toArray()).toEqual(upTo(400).filter((n) => !isBad(n)));
      expect(calls.splice(0)).toEqual(upTo(400));
      expect(nodeOf(skipping).record).toMatchObject({ itemsIn: 400, itemsOut: 399, failed: 0, skipped: 1 });
    }
  });
});

describe('mapInWorkers', () => {
  it('works in threads, in order, and names the item that fails', async () => {
    const lengths = Dataset.fromArray(['a', 'bcd']).mapInWorkers<number>(DOUBLE_MODULE, { exportName: 'length' });
    expect(await lengths.toArray()).toEqual([1, 3]);
    expect(nodeOf(lengths).label).toBe('length');
    const failing = Dataset.fromArray([1, -1, 2]).mapInWorkers(DOUBLE_MODULE);
    const error = (await failing.toArray().catch((thrown: unknown) => thrown)) as PipelineError;
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({ index: 1, label: 'double.mjs' });
    expect(error.message).toContain('below zero');
    expect(await Dataset.fromArray([1, -1, 2]).mapInWorkers(DOUBLE_MODULE, { onError: 'skip' }).toArray()).toEqual([
      2, 4,
    ]);
  });

  it('refuses what no thread can load', () => {
    expect(() => Dataset.range(1).mapInWorkers('nowhere.mjs')).toThrow('there is no such file');
    expect(() => Dataset.range(1).mapInWorkers(import.meta.filename)).toThrow('threads run JavaScript');
  });
});
