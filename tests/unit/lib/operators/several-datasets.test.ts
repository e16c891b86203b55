import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, PipelineError, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { nodeOf } from '../../../support/node-of';

const processes = (): number => provenance.document({ samples: false }).processes.length;
const warnings = (ds: Dataset<unknown>): readonly string[] => nodeOf(ds).record!.warnings;

/** `count` numbers, of which nobody knows beforehand how many they are. */
const rows = (count: number, label: string): Dataset<number> =>
  Dataset.fromGenerator(function* () {
    for (let i = 0; i < count; i++) yield i;
  }, label);

// What is declared again at one place shares a record.
beforeEach(() => void Reflect.deleteProperty(globalThis, SESSION_KEY));

describe('zip', () => {
  it('refuses datasets that are known not to end together, and leaves nothing in the record', () => {
    const [images, labels] = [Dataset.range(3, 'images'), Dataset.range(5, 'labels')];
    const declared = processes();
    expect(() => Dataset.zip({ image: images, label: labels })).toThrow(
      'invalid datasets of zip: they do not end together: "image" (images) has 3 items, "label" (labels) has 5 items ' +
        "(pass ends: 'shortest'",
    );
    expect(() => Dataset.zip([labels, images])).toThrow('dataset[1] (images) has 3 items, dataset[0] (labels) has 5');
    const few = labels.take(2);
    expect(() => Dataset.zip([few.filter(Boolean), images])).toThrow('has at most 2 items');
    expect(processes()).toBe(declared + 2);
  });

  it.each([
    [3, 5, 'dataset[0] (images) ended after 3 items, dataset[1] (labels) goes on with labels item 3', 'labels item 3'],
    [5, 1, 'dataset[1] (labels) ended after 1 item, dataset[0] (images) goes on with images item 1', 'images item 1'],
    [0, 1, 'dataset[0] (images) ended after 0 items, dataset[1] (labels) goes on with labels item 0', 'labels item 0'],
    [600, 700, 'dataset[0] (images) ended after 600 items', 'labels item 600'],
  ])(
    'of %i and %i rows fails where the first ends, once it has given what pairs there are',
    async (a, b, what, origin) => {
      for (const slow of [false, true]) {
        const side = (count: number, label: string): Dataset<number> =>
          slow ? rows(count, label).map(async (n) => n, { concurrency: 3 }) : rows(count, label).map((n) => n);
        const named = (ds: Dataset<number>, label: string): Dataset<number> => ds.tap(() => undefined, label);
        const pairs: [number, number][] = [];
        const zipped = Dataset.zip(
          [named(side(a, 'images'), 'images'), named(side(b, 'labels'), 'labels')],
          slow ? 'slow' : 'fast',
        );
        const error: unknown = await zipped.forEach((pair) => void pairs.push(pair)).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(PipelineError);
        expect(error).toMatchObject({ kind: 'zip', index: Math.min(a, b), origin });
        expect((error as Error).message).toContain(what);
        expect(pairs).toEqual([...Array(Math.min(a, b)).keys()].map((n) => [n, n]));
        expect(nodeOf(zipped).record).toMatchObject({ state: 'failed', failed: 1 });
        expect(await zipped.take(Math.min(a, b)).count()).toBe(Math.min(a, b));
      }
    },
  );

  it('says which pairs are wrong where an operation left items out of one side', async () => {
    const images = Dataset.range(5).map(
      (n) => {
        if (n === 2) throw new Error('unreadable');
        return n;
      },
      { onError: 'skip' },
    );
    await expect(Dataset.zip([images, Dataset.range(5)]).toArray()).rejects.toThrow("onError: 'skip' left items out");
  });

  it('ends with the first, and warns where it cuts something off', async () => {
    const known = Dataset.zip([Dataset.range(3), Dataset.range(5)], { ends: 'shortest' });
    expect(await known.toArray()).toEqual([0, 1, 2].map((n) => [n, n]));
    const unknown = Dataset.zip([rows(5, 'long'), rows(3, 'short')], { ends: 'shortest' });
    expect(warnings(unknown)).toEqual([]);
    for (let run = 0; run < 2; run++) expect(await unknown.toArray()).toEqual([0, 1, 2].map((n) => [n, n]));
    for (const ds of [known, unknown])
      expect(warnings(ds)).toEqual([
        expect.stringMatching(/^the datasets do not end together, and .* cut off: dataset/),
      ]);
    const alike = Dataset.zip([rows(3, 'a'), rows(3, 'b')], { ends: 'shortest' });
    expect([await alike.count(), warnings(alike)]).toEqual([3, []]);
    const endless = Dataset.zip([rows(3, 'a'), Dataset.range(2).repeat()], { ends: 'shortest' });
    expect([await endless.count(), warnings(endless)]).toEqual([3, []]);
  });

  it('goes on to the last', async () => {
    const ds = Dataset.zip({ a: rows(1, 'a'), b: Dataset.range(3) }, { ends: 'longest' });
    expect(await ds.toArray()).toEqual([
      { a: 0, b: 0 },
      { a: undefined, b: 1 },
      { a: undefined, b: 2 },
    ]);
    const failing = ds.map(({ b }) => {
      if (b === 2) throw new Error('late');
    });
    await expect(failing.count()).rejects.toMatchObject({ origin: 'range item 2' });
    expect(Dataset.zip([Dataset.range(2), Dataset.range(5).filter(Boolean)], { ends: 'longest' }).length).toEqual({
      kind: 'atMost',
      items: 5,
    });
  });

  it('takes datasets without an end beside others', async () => {
    const counter = Dataset.range(2).repeat();
    expect(await Dataset.zip([counter, rows(3, 'a')]).toArray()).toEqual([
      [0, 0],
      [1, 1],
      [0, 2],
    ]);
    expect(Dataset.zip([counter, Dataset.range(3)]).length).toEqual({ kind: 'exact', items: 3 });
    await expect(Dataset.zip([counter, counter]).toArray()).rejects.toThrow('never ends');
    await expect(Dataset.zip([rows(0, 'none').repeat(), rows(1, 'one')]).toArray()).rejects.toThrow(
      'ended after 0 items',
    );
  });

  it('reads no more than it must', async () => {
    let read = 0;
    const counted = (): Dataset<number> => Dataset.range(100).tap(() => void read++);
    expect(await Dataset.zip([counted(), counted()]).take(5).count()).toBe(5);
    expect(read).toBe(10);
  });

  it('refuses another way to end', () => {
    expect(() => Dataset.zip([Dataset.range(1)], { ends: 'first' as never })).toThrow(
      `invalid ends of zip: expected 'together', 'shortest' or 'longest', got "first"`,
    );
  });

  it('law: as plain arrays, each way to end', async () => {
    const side = fc.record({ count: fc.integer({ min: 0, max: 30 }), known: fc.boolean(), slow: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(side, { minLength: 1, maxLength: 4 }), async (sides) => {
        const datasets = sides.map(({ count, known, slow }, i) => {
          const ds = known ? Dataset.range(count, `side ${i}`) : rows(count, `side ${i}`);
          return slow ? ds.map(async (n) => n) : ds;
        });
        const counts = sides.map(({ count }) => count);
        const item = (i: number): unknown[] => counts.map((count) => (i < count ? i : undefined));
        const [least, most] = [Math.min(...counts), Math.max(...counts)];
        const all = [...Array(most).keys()].map(item);
        expect(await Dataset.zip(datasets, { ends: 'shortest' }).toArray()).toEqual(all.slice(0, least));
        expect(await Dataset.zip(datasets, { ends: 'longest' }).toArray()).toEqual(all);
        const strict = async (): Promise<unknown> => Dataset.zip(datasets).toArray();
        if (least === most) expect(await strict()).toEqual(all);
        else await expect(strict()).rejects.toThrow('do not end together');
      }),
      { numRuns: 60 },
    );
  });
});

describe('several datasets', () => {
  it.each<[string, () => unknown]>([
    ['mix', () => Dataset.mix([])],
    ['interleave', () => Dataset.interleave([])],
    ['zip', () => Dataset.zip([] as never)],
    ['zip', () => Dataset.zip({})],
    ['concat', () => Dataset.concat(...[])],
    ['concat', () => Dataset.concat('Both' as never)],
  ])('are at least one: %s', (kind, declare) => {
    const declared = processes();
    expect(declare).toThrow(
      `invalid datasets of ${kind}: expected at least one, got none (did a list or a glob find nothing?)`,
    );
    expect(processes()).toBe(declared);
  });
});

describe('a dataset without an end', () => {
  const endless: [string, () => Dataset<number>][] = [
    ['repeat', () => Dataset.range(3).repeat()],
    ['of a generator', () => rows(3, 'rows').repeat()],
    ['filtered', () => Dataset.range(3).repeat().filter(Boolean)],
    [
      'flat',
      () =>
        Dataset.range(3)
          .repeat()
          .flatMap((n) => [n, n]),
    ],
    ['in batches, and out of them', () => Dataset.range(3).repeat().batch(2).unbatch()],
    ['a part', () => Dataset.range(3).repeat().split({ a: 0.5, b: 0.5 }).a],
    [
      'skipping',
      () =>
        Dataset.range(3)
          .repeat()
          .map((n) => n, { onError: 'skip' }),
    ],
    ['shuffled', () => Dataset.range(3).repeat().shuffle({ bufferSize: 2 }).prefetch(2)],
    ['mixed', () => Dataset.mix([Dataset.range(3), Dataset.range(3).repeat()])],
    ['behind another', () => Dataset.range(3).concat(Dataset.range(2).repeat())],
    ['at an epoch', () => Dataset.range(3).repeat().epoch(2)],
  ];

  it.each(endless)('%s: is refused by what needs the end, and can be iterated', async (_, make) => {
    const [ds, more] = [make(), Dataset.range(3)];
    const declared = processes();
    const sinks: [string, () => Promise<unknown>][] = [
      ['toArray', () => ds.toArray()],
      ['count', () => ds.count()],
      ['reduce', () => ds.reduce((sum, n) => sum + n, 0)],
      ['statistics', () => ds.statistics()],
      ['forEach', () => ds.forEach(() => undefined)],
      ['toArray', () => ds.toArray({ signal: new AbortController().signal })],
    ];
    for (const [kind, run] of sinks)
      await expect(run()).rejects.toThrow(
        new RegExp(`^${kind} needs the end of its dataset, but .* never ends \\(use take\\(n\\)`),
      );
    expect(() => ds.cache()).toThrow(/^cache needs the end of its dataset/);
    expect(() => ds.concat(more)).toThrow('never ends, so that nothing behind it is read');
    expect(processes()).toBe(declared);
    expect(await ds.take(4).count()).toBe(4);
    expect(await ds.take(4).cache().count()).toBe(4);
    let seen = 0;
    for await (const _item of ds) if (++seen === 5) break;
    expect(seen).toBe(5);
  });

  it('is taken by forEach with a signal, which ends it', async () => {
    const controller = new AbortController();
    let seen = 0;
    const run = Dataset.range(3)
      .repeat()
      .forEach(() => void (++seen === 7 && controller.abort(new Error('enough'))), { signal: controller.signal });
    await expect(run).rejects.toThrow('enough');
    expect(seen).toBeGreaterThanOrEqual(7);
  });

  it('is one of something only: what is empty, counted or cut ends', async () => {
    expect(await Dataset.range(0).repeat().count()).toBe(0);
    expect(await Dataset.range(3).repeat(2).count()).toBe(6);
    expect(await Dataset.range(3).repeat().repeat(0).count()).toBe(0);
    expect(await Dataset.range(3).repeat().take(4).batch(2).count()).toBe(2);
    expect(
      await Dataset.mix([Dataset.range(3), Dataset.range(3).repeat()], { stopOnEmpty: true }).count(),
    ).toBeGreaterThan(2);
  });
});

describe('counts and lengths', () => {
  it.each<[string, (count: number) => Dataset<unknown>]>([
    ['range', (count) => Dataset.range(count)],
    ['take', (count) => Dataset.range(3).take(count)],
    ['skip', (count) => Dataset.range(3).skip(count)],
    ['repeat', (count) => Dataset.range(3).repeat(count)],
    ['batch', (count) => Dataset.range(3).batch(count)],
    ['window', (count) => Dataset.range(3).window(count)],
    ['shuffle', (bufferSize) => Dataset.range(3).shuffle({ bufferSize })],
    ['shard', (count) => Dataset.range(3).shard(0, count)],
    ['prefetch', (count) => Dataset.range(3).prefetch(count)],
  ])('of %s are whole numbers that are exact', (kind, make) => {
    const declared = processes();
    for (const wrong of [-1, 0.5, NaN, -Infinity, 2 ** 53, '3' as never, 3n as never, null as never])
      expect(() => make(wrong), String(wrong)).toThrow(/whole number|at least/);
    if (kind !== 'repeat') expect(() => make(Infinity)).toThrow(/whole number/);
    const sources = kind === 'range' ? 0 : kind === 'repeat' ? 8 : 9;
    expect(processes() - declared).toBe(sources);
  });

  it('at the borders', async () => {
    const ds = Dataset.range(3);
    expect(await ds.skip(9).toArray()).toEqual([]);
    expect([ds.skip(9).length, ds.take(0).length, ds.repeat(0).length]).toEqual(
      [0, 0, 0].map((items) => ({ kind: 'exact', items })),
    );
    expect(await ds.repeat(0).toArray()).toEqual([]);
    expect(await ds.take(9).toArray()).toEqual([0, 1, 2]);
    expect(await ds.repeat(Infinity).take(4).toArray()).toEqual([0, 1, 2, 0]);
    expect(
      await Dataset.range(2 ** 53 - 1)
        .skip(2)
        .take(2)
        .toArray(),
    ).toEqual([2, 3]);
    expect(Dataset.range(2 ** 52).repeat(4).length).toEqual({ kind: 'unknown' });
    expect(Dataset.range(2 ** 53 - 1).concat(ds).length).toEqual({ kind: 'unknown' });
  });
});
