import { afterEach, describe, expect, it, vi } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument, type Schema } from 'stemma';
import { printSchema } from 'stemma-document';
import { FieldSample } from '../../../lib/src/recorder/observing/field-sample';
import { Reservoir } from '../../../lib/src/recorder/observing/reservoir';
import { schemaOf } from '../../../lib/src/recorder/observing/schema';
import { Session } from '../../../lib/src/recorder/session';
import { sizeOf, summarize } from '../../../lib/src/recorder/observing/summary';
import { collectGarbage } from '../../support/collect-garbage';
import { validDocument } from '../../support/schemas';
import { artifactOf, inSession, processOf } from '../document/in-session';

const hostile = (): unknown[] => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const throwing = new Proxy([], {
    get: () => {
      throw new Proxy(
        {},
        {
          get: () => {
            throw new Error('in the error, too');
          },
        },
      );
    },
  });
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field ${n}`, n]));
  const deep = (levels: number): unknown =>
    levels === 0 ? 'x'.repeat(400) : Array.from({ length: 16 }, () => deep(levels - 1));
  return [
    cycle,
    throwing,
    new Proxy([1, 2], { get: (target, name) => (name === 'length' ? 'long' : Reflect.get(target, name)) }),
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no keys');
        },
      },
    ),
    {
      get boom() {
        throw new Error('boom');
      },
      fine: 1,
    },
    {
      toJSON() {
        throw new Error('no JSON');
      },
    },
    { toString: null, valueOf: null },
    'x'.repeat(2 ** 28),
    Object.assign([], { length: 2 ** 32 - 1 }),
    wide,
    deep(3),
    () => 1,
    Symbol('s'.repeat(10_000)),
    2n ** 500_000n,
    new Uint8Array(new SharedArrayBuffer(8)),
    new DataView(new ArrayBuffer(8)),
    new WeakMap(),
    Object.create(null),
    class Klass {},
    new Error('an error as data'),
    null,
    undefined,
  ];
};

describe('hostile items', () => {
  afterEach(() => {
    provenance.recording = true;
    vi.restoreAllMocks();
  });

  const run = async (items: unknown[]): Promise<unknown[]> => {
    const half = items.length / 2;
    return Dataset.fromArray(items, 'Hostile')
      .map((item) => item, 'Through')
      .shuffle({ seed: 5, identifier: 'Mix' })
      .filter((item) => items.indexOf(item) < half || typeof item !== 'symbol', 'Some')
      .toArray('All');
  };

  it('pass with recording on, off, and where the recorder fails, one like the other', async () => {
    const items = hostile();
    provenance.recording = false;
    const unrecorded = await run(items);
    provenance.recording = true;
    let recorded: unknown[] = [];
    const document = await inSession(async () => (recorded = await run(items)));
    expect(recorded.length).toBe(unrecorded.length);
    expect(recorded.every((item, index) => Object.is(item, unrecorded[index]))).toBe(true);
    expect(processOf(validDocument(document), 'Through').execution).toMatchObject({
      state: 'complete',
      itemsOut: items.length,
    });
    expect(document.dropped.failures).toBe(0);

    const fail = (): never => {
      throw new Error('the recorder is broken');
    };
    vi.spyOn(Reservoir.prototype, 'add').mockImplementation(fail);
    vi.spyOn(FieldSample.prototype, 'add').mockImplementation(fail);
    let survived: unknown[] = [];
    const broken = await inSession(async () => (survived = await run(items)));
    expect(survived.every((item, index) => Object.is(item, unrecorded[index]))).toBe(true);
    expect(processOf(validDocument(broken), 'Through').execution).toMatchObject({
      state: 'complete',
      itemsOut: items.length,
    });
    expect(broken.dropped.failures).toBeGreaterThan(3);
  });

  it('leave a record of bounded size', async () => {
    const sizes = hostile().map((item) => [
      JSON.stringify(summarize(item)).length,
      printSchema(schemaOfSafely(item)).length,
    ]);
    expect(Math.max(...sizes.flat())).toBeLessThan(40_000);
    const document = await inSession(() => run(hostile()));
    expect(JSON.stringify(document).length).toBeLessThan(1_000_000);
  });

  it('do not stay in memory for the sake of their summaries', async () => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const document = await inSession(async () => {
      await Dataset.range(8)
        .map((n) => `${n}`.padEnd(8_000_000, 'abcdefghijk'), 'Texts')
        .count();
      // What the run itself held on to goes with the next turn of the event loop.
      await new Promise(setImmediate);
      collectGarbage();
      expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(24);
    });
    expect(artifactOf(document, 'Texts').execution.sampleCount).toBe(8);
  });

  it('harm no run through a listener that throws', async () => {
    const session = new Session(undefined);
    const feed = session.feed();
    feed.onDirty = () => {
      throw new Error('a listener');
    };
    session.declare(
      { kind: 'range', role: 'source', label: 'a', inputs: [], uses: [], options: {} },
      { kind: 'stream', length: { kind: 'unknown' } },
    );
    expect(session.document().dropped.failures).toBe(1);
    expect(feed.take()!.patch.processes).toHaveLength(1);
  });
});

const schemaOfSafely = (item: unknown) => {
  try {
    return schemaOf(item);
  } catch {
    return { type: 'null' } as const;
  }
};

describe('limits', () => {
  const image = (side: number) => ({ data: new Float32Array(3 * side * side).fill(0.5), shape: [3, side, side] });
  const picturesIn = (document: ProvenanceDocument): { width: number }[] =>
    document.artifacts.flatMap(({ execution }) =>
      execution.samples.flatMap(({ value }) => (value.type === 'tensor' ? value.images : [])),
    );

  it('of fields are said', () => {
    const wide = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`f${n}`, n]));
    expect(printSchema(schemaOf(wide))).toMatch(/f63: 'int', …}$/);
    expect(summarize(wide)).toMatchObject({ omitted: 38 });
  });

  it('of the memory for samples hold for a graph of a hundred operations on batches of images', async () => {
    let held = 0;
    const document = await inSession(async () => {
      let ds = Dataset.range(24, 'Rows')
        .map(() => image(96), 'Images')
        .batch(8, 'Batch') as unknown as Dataset<unknown>;
      for (let i = 0; i < 100; i++) ds = ds.map((batch) => batch, `Step ${i}`);
      await ds.count();
      const { limits } = provenance.settings;
      expect(limits.sampleBytes).toBe(24 * 2 ** 20);
      const shared = Object.getOwnPropertySymbols(globalThis).find((key) => key.description === 'stemma.session')!;
      const session = (globalThis as unknown as { [key: symbol]: Session })[shared]!;
      for (const { sampler } of session.artifacts.values())
        held += sampler
          .samples((picture) => picture.rgb.length)
          .reduce((sum, { value }) => sum + sizeOfImages(value), 0);
    });
    expect(held).toBeLessThan(24 * 2 ** 20);
    expect(picturesIn(document).length).toBeGreaterThan(100);
    expect(document.dropped.samples).toBe(0);
  });

  it('of samples, traced items and reasons are settings', async () => {
    const counts = async (limits: Partial<typeof provenance.settings.limits>) => {
      const document = await inSession(async () => {
        Object.assign(provenance.settings.limits, limits);
        const failing = Array.from({ length: 20 }, (_, n) => n);
        await Dataset.concat(Dataset.fromArray(failing, 'Left'), Dataset.fromArray(failing, 'Right'))
          .filter((n) => n >= 0, 'All')
          .map(
            () => {
              throw new Error('no');
            },
            { identifier: 'None', onError: 'skip' },
          )
          .count();
      });
      const { samples } = artifactOf(document, 'All').execution;
      const traced = samples.filter((sample) => sample.traced).length;
      const { execution } = processOf(document, 'None');
      return [samples.length, traced, execution.skippedItems.length, execution.skipped];
    };
    expect(await counts({ samples: 3, traced: 1, skippedItems: 2 })).toEqual([3, 1, 2, 40]);
    expect(await counts({ samples: 0, traced: 2, skippedItems: 0 })).toEqual([2, 2, 0, 40]);
    expect(await counts({ samples: 0, traced: 0 })).toEqual([0, 0, 8, 40]);
  });

  it('keep nothing of a pipeline that is over and that nobody holds', async () => {
    const big = async (): Promise<WeakRef<object>[]> => {
      const [captured, item] = [{ text: 'captured' }, { text: 'an item' }];
      const ds = Dataset.fromGenerator(function* () {
        for (let n = 0; n < 50; n++) yield n === 0 ? item : { text: `item ${n}` };
      }, 'Objects')
        .shuffle({ bufferSize: 20 })
        .map(async (one) => (captured.text.length > 0 ? one : null), 'Hold')
        .window(7);
      await ds.take(3).count();
      const stopped = new AbortController();
      await ds.forEach(() => stopped.abort(), { signal: stopped.signal }).catch(() => undefined);
      return [new WeakRef(captured), new WeakRef(item)];
    };
    const refs = await big();
    await expect
      .poll(() => {
        collectGarbage();
        return refs.map((ref) => ref.deref() === undefined);
      })
      .toEqual([true, true]);
  });

  it('of what a sample shows of its value are settings', async () => {
    const item = { text: 'x'.repeat(40), list: [1, 2, 3, 4], deep: { deeper: { deepest: 1 } }, last: 0 };
    const shown = async (limits: Partial<typeof provenance.settings.limits.summary>) => {
      const document = await inSession(async () => {
        Object.assign(provenance.settings.limits.summary, limits);
        await Dataset.fromArray([item], 'Item').count();
      });
      const { value } = artifactOf(document, 'Item').execution.samples[0]!;
      return JSON.stringify(value);
    };
    expect(await shown({ text: 7 })).toContain('"xxxxxxx…"');
    expect(await shown({ items: 2 })).toContain('{"type":"number","value":2}],"omitted":2');
    expect(await shown({ depth: 2 })).toContain('object …');
    expect(await shown({ fields: 3 })).toContain('"omitted":1');
    expect(await shown({})).toContain('"deepest"');
  });

  it('of what a schema and statistics describe are settings', async () => {
    const row = (from: number) =>
      Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`c${String(from + n).padStart(4, '0')}`, n]));
    const described = async (change: (limits: typeof provenance.settings.limits) => void, items: object[]) => {
      const document = await inSession(async () => {
        change(provenance.settings.limits);
        await Dataset.fromArray(items, 'Row').count();
      });
      const { schema, fields } = artifactOf(document, 'Row').execution;
      return { schema: schema as Extract<Schema, { type: 'record' }>, statistics: fields.length };
    };
    const usual = await described(() => undefined, [row(0)]);
    expect(usual.schema).toMatchObject({ type: 'record', more: true });
    expect([usual.schema.fields.length, usual.statistics]).toEqual([64, 32]);
    const wide = await described(
      (limits) => {
        limits.schema.fields = limits.summary.fields = limits.statistics = 200;
      },
      [row(0)],
    );
    expect([wide.schema.fields.length, wide.schema.more, wide.statistics]).toEqual([150, undefined, 150]);
    // Of items that differ, too, and never more than documents can be merged with.
    const various = Array.from({ length: 8 }, (_, n) => row(150 * n));
    const bound = await described((limits) => void (limits.schema.fields = 200), various);
    expect([bound.schema.fields.length, bound.schema.more]).toEqual([200, true]);
    const most = await described((limits) => void (limits.schema.fields = 5000), various);
    expect([most.schema.fields.length, most.schema.more]).toEqual([1024, true]);
    const deep = await described((limits) => void (limits.schema.depth = 1), [{ a: { b: 1 } }]);
    expect(printSchema(deep.schema)).toBe('{a: …}');
  });

  it('are settings, and what they cost is said', async () => {
    const document = await inSession(async () => {
      provenance.settings.limits.sampleBytes = 100_000;
      for (let n = 0; n < 20; n++)
        await Dataset.range(8, `Set ${n}`)
          .map((i) => `${i}`.repeat(500), `Texts ${n}`)
          .count();
    });
    expect(document.dropped.failures).toBe(0);
    expect(document.dropped.samples).toBeGreaterThan(0);
    expect(artifactOf(document, 'Texts 0').execution).toMatchObject({
      sampleCount: 0,
      samples: [],
      schemaText: "'str'",
    });
    expect(artifactOf(document, 'Texts 19').execution.sampleCount).toBe(8);
  });
});

const sizeOfImages = (value: unknown): number =>
  ((value as { images?: { png: number }[] }).images ?? []).reduce((sum, { png }) => sum + png, 0);

it('the size of a summary counts its texts and pixels', () => {
  expect(sizeOf(summarize('x'.repeat(100)))).toBe(64 + 200);
  expect(sizeOf(summarize({ data: new Uint8Array(3 * 64), shape: [3, 8, 8] }))).toBe(4 * 64 + 3 * 64);
});
