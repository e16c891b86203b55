import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { DistinctSketch } from 'stemma-document';
import { hashValue } from '../../../lib/src/recorder/observing/hash-value';
import { Sampler } from '../../../lib/src/recorder/observing/sampler';

const last = (label: string) => {
  const document = provenance.document();
  const process = document.processes.filter((p) => p.label === label).at(-1)!;
  const artifact = document.artifacts.find((a) => a.producer === process.id)!;
  return { document, process, artifact, execution: artifact?.execution };
};

describe('traced items', () => {
  it('are kept at every artifact that they pass, through shuffles and batches', async () => {
    const ds = Dataset.concat(Dataset.range(500, 'Left'), Dataset.range(500, 'Right'))
      .map((n) => n + 0.5, 'Half')
      .shuffle({ seed: 3, bufferSize: 300, identifier: 'Mix' })
      .batch(10, 'Tens');
    await ds.forEach(() => undefined);
    for (const label of ['Half', 'Mix', 'Tens']) {
      const traced = last(label).execution.samples.filter((sample) => sample.traced);
      const origins = traced.flatMap((sample) => sample.origins);
      expect(origins).toContain('Left item 0');
      expect(origins).toContain('Right item 0');
    }
  });

  const tracedAt = (label: string) => last(label).execution.samples.filter(({ traced }) => traced);

  it('are those that a filter lets through, where it lets some through', async () => {
    await Dataset.range(1000, 'All')
      .filter((n) => n % 10 === 5, 'Some')
      .map((n) => -n, 'Less')
      .toArray();
    for (const [label, index] of [
      ['All', 5],
      ['Some', 0],
      ['Less', 0],
    ] as const)
      expect(tracedAt(label)).toMatchObject([{ index, origins: ['All item 5'] }]);
  });

  it('are kept as far as they come, where none comes to the end', async () => {
    await Dataset.range(500, 'Whole')
      .map((n) => n, 'Same')
      .filter((n) => n > 400, 'Late')
      .toArray();
    expect(tracedAt('Same')).toMatchObject([{ origins: ['Whole item 0'] }]);
    expect(tracedAt('Late')).toEqual([]);
  });

  it('are found in the parts that they become', async () => {
    await Dataset.range(2, 'Pairs')
      .batch(2)
      .flatMap((pair) => pair, 'Parts')
      .toArray();
    expect(tracedAt('Parts')).toMatchObject([{ index: 0 }]);
  });

  it('are of every one of ten folders', async () => {
    const folders = Array.from({ length: 10 }, (_, n) => Dataset.range(20, `Folder ${n}`));
    await Dataset.interleave(folders, 'Folders')
      .filter((n) => n !== 0, 'No first')
      .batch(50, 'Fifties')
      .toArray();
    const origins = tracedAt('No first').map((sample) => sample.origins[0]);
    expect(origins.sort()).toEqual(folders.map((_, n) => `Folder ${n} item 1`));
    expect(tracedAt('Fifties')).toHaveLength(1);
  });

  it('are bounded, however many sources there are', async () => {
    const sources = Array.from({ length: 40 }, (_, n) => Dataset.range(200, `Source ${n}`));
    const all = Dataset.interleave(sources, 'Sources').tap(() => {}, 'Seen');
    for await (const n of all) if (n === 199) break;
    expect(tracedAt('Seen')).toHaveLength(10);
    let count = 0;
    await all.forEach(() => {
      if (++count === 40 * 199) expect(tracedAt('Seen')).toHaveLength(32);
    });
    expect(tracedAt('Seen')).toHaveLength(10);
  });

  it('count once among the samples', async () => {
    await Dataset.range(3, 'Three').count();
    const { execution } = last('Three');
    expect(execution.samples.map((sample) => [sample.index, sample.traced])).toEqual([
      [0, true],
      [1, undefined],
      [2, undefined],
    ]);
    expect(execution.sampleCount).toBe(3);
  });
});

describe('samples', () => {
  it('are spread over the stream: the first, some between, late ones', () => {
    const sampler = new Sampler('Long', { keep: true, redact: null });
    // A run that began long ago has time for every look.
    const run = { id: 'r1', startedMs: -1e12, looked: () => {}, describeOrigins: () => ({ origins: [], omitted: 0 }) };
    for (let start = 0; start < 50_000; start += 100)
      if ((sampler.wait -= 100) < 0)
        sampler.observe({ values: new Array(100).fill(start), originAt: () => 0 }, start, run);
    const indices = sampler.samples(() => '').map((sample) => sample.index);
    expect(indices.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(indices).toHaveLength(12);
    expect(indices.at(-1)).toBeGreaterThan(40_000);
  });

  it('are those of the latest run', async () => {
    const ds = Dataset.range(5, 'Again');
    await ds.count();
    const before = last('Again').execution.samples[0]!.run;
    await ds.count();
    const after = last('Again').execution.samples;
    expect(after).toHaveLength(5);
    expect(after.every((sample) => sample.run !== before)).toBe(true);
  });

  it('can be switched off for an operation, or for all', async () => {
    await Dataset.fromArray(['secret'], { identifier: 'Quiet', samples: false })
      .map((x) => x, 'Loud')
      .count();
    expect(last('Quiet').execution).toMatchObject({ samples: [], fields: [], schemaText: "'str'" });
    expect(last('Loud').execution.samples).toHaveLength(1);
  });

  it('hold what the redaction returns, and nothing where it fails', async () => {
    provenance.settings.redact = (value, label) => {
      if (label === 'Broken') throw new Error('no');
      return { ...(value as object), name: '•••' };
    };
    try {
      const ds = Dataset.fromArray([{ name: 'Ada', age: 36 }], 'People');
      await ds.map((x) => x, 'Broken').count();
    } finally {
      provenance.settings.redact = null;
    }
    expect(JSON.stringify(last('People').execution.samples)).toContain('•••');
    expect(JSON.stringify([last('People').artifact, last('Broken').artifact])).not.toContain('Ada');
  });
});

describe('schema', () => {
  it('the first item that departs is kept with its origin', async () => {
    await Dataset.fromArray([{ a: 1 }, { a: 2 }, { a: null }, { b: 1 }], 'Rows').count();
    expect(last('Rows').execution.anomaly).toMatchObject({
      index: 3,
      origins: ['Rows item 3'],
      expected: "{a: 'int' | 'null'}",
      found: "{b: 'int'}",
      paths: ['a', 'b'],
      value: { type: 'record', fields: [{ name: 'b', value: { type: 'number', value: 1 } }], omitted: 0 },
    });
    expect(last('Rows').execution.schemaText).toBe("{a?: 'int' | 'null', b?: 'int'}");
  });

  it('has no anomaly where values are optional, numbers have fractions, or the last batch is smaller', async () => {
    const rows = [
      { n: 1, t: 'x' },
      { n: 1.5, t: null },
      { n: null, t: 'y' },
      { n: 2, t: 'z' },
      { n: 3, t: 'x' },
    ];
    await Dataset.fromArray(rows, 'Rows').count();
    await Dataset.range(5, 'Numbers')
      .map((n) => ({ n, image: { data: new Float32Array(6), shape: [2, 3] } }), 'Pictured')
      .batch(2, 'Batch')
      .count();
    expect(['Rows', 'Pictured', 'Batch'].map((label) => last(label).execution.anomaly)).toEqual([null, null, null]);
    const ragged = [2, 2, 3].map((height) => ({ data: new Float32Array(height), shape: [height] }));
    await Dataset.fromArray(ragged, 'Ragged').count();
    expect(last('Ragged').execution.anomaly).toMatchObject({ index: 2 });
  });

  it('shows of the item that departs what the policy of samples lets it show, and no images', async () => {
    const items = [1, { data: new Uint8Array(256), shape: [16, 16] }];
    await Dataset.fromArray<unknown>(items, 'Odd').count();
    expect(last('Odd').execution.anomaly!.value).toMatchObject({ type: 'tensor', shape: [16, 16], images: [] });
    await Dataset.fromArray<unknown>([1, 'secret'], { identifier: 'Quiet odd', samples: false }).count();
    expect(last('Quiet odd').execution.anomaly).toMatchObject({ index: 1, found: "'str'" });
    expect(last('Quiet odd').execution.anomaly).not.toHaveProperty('value');
    provenance.settings.redact = () => 'hidden';
    try {
      await Dataset.fromArray<unknown>([1, 'secret'], 'Hidden odd').count();
    } finally {
      provenance.settings.redact = null;
    }
    expect(last('Hidden odd').execution.anomaly!.value).toMatchObject({ type: 'text', text: 'hidden' });
  });

  it('comes with statistics of each field', async () => {
    await Dataset.fromArray(
      [
        { x: 1, t: 'a' },
        { x: 5, t: 'a' },
        { x: null, t: 'b' },
      ],
      'Table',
    ).count();
    expect(last('Table').execution.fields).toMatchObject([
      {
        path: 'x',
        items: 3,
        missing: 1,
        min: 1,
        max: 5,
        mean: 3,
        distinct: 2,
        distinctIsExact: true,
        histogram: { low: 1, high: 5, counts: [1, 0, 0, 0, 1] },
      },
      {
        path: 't',
        items: 3,
        missing: 0,
        min: null,
        max: null,
        mean: null,
        distinct: 2,
        distinctIsExact: true,
        histogram: null,
      },
    ]);
  });
});

describe('different values', () => {
  it('are counted up to 63 and estimated above', async () => {
    const sketch = (values: unknown[]) => {
      const counted = new DistinctSketch();
      for (const value of values) counted.addHash(hashValue(value as string));
      return counted;
    };
    expect(sketch(['a', 'b', 'a', 1, '1', true, 'true']).count).toBe(6);
    expect(sketch(Array.from({ length: 63 }, (_, n) => `row ${n}`)).count).toBe(63);
    for (const count of [200, 5_000, 100_000]) {
      const estimate = sketch(Array.from({ length: count }, (_, n) => `row ${n}`)).count;
      expect(Math.abs(estimate / count - 1)).toBeLessThan(0.4);
    }
    await Dataset.range(40)
      .map((n) => n % 5, 'Modulo')
      .count();
    expect(last('Modulo').execution.fields).toMatchObject([{ distinct: 5, distinctIsExact: true }]);
  });

  it('merge to what one sketch of all would be', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300)), fc.array(fc.nat(300)), (a, b) => {
        const [one, other, both] = [a, b, [...a, ...b]].map((values) => {
          const sketch = new DistinctSketch();
          for (const value of values) sketch.addHash(hashValue(value));
          return sketch;
        });
        for (const hash of other!.toJSON()) one!.addHash(hash);
        expect(one!.toJSON()).toEqual(both!.toJSON());
      }),
    );
  });

  it('of more fields than are kept are said to be more', async () => {
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, n]));
    await Dataset.fromArray([{ left: wide, right: wide }], 'Wide').count();
    const { fields, moreFields } = last('Wide').execution;
    expect(fields).toHaveLength(32);
    expect(moreFields).toBe(true);
  });
});

describe('times', () => {
  const busy = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };

  it('name the operation that takes the time', async () => {
    await Dataset.range(20)
      .map((n) => {
        busy(1);
        return n;
      }, 'Heavy')
      .map((n) => n, 'Light')
      .count();
    expect(last('Heavy').document.runs.at(-1)!.diagnosis).toMatch(
      /^Map "Heavy" is the bottleneck: \d+ % of the pipeline's self time/,
    );
  });

  it('name what keeps a thread busy rather than what waits at the same time', async () => {
    const waits = (n: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(n), 20));
    await Dataset.range(32)
      .map(waits, { concurrency: 32, identifier: 'Waits together' })
      .map((n) => {
        busy(3);
        return n;
      }, 'Computes')
      .count();
    const { selfTime, awaitTime } = last('Waits together').process.execution;
    expect(awaitTime!.totalMs).toBeGreaterThan(selfTime!.totalMs);
    expect(last('Computes').document.runs.at(-1)!.diagnosis).toMatch(/^Map "Computes" is the bottleneck/);
  });

  it('say how many items of an asynchronous bottleneck overlap', async () => {
    // Longer than a busy machine keeps the thread from its own work.
    const slow = (n: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(n), 100));
    await Dataset.range(16).map(slow, 'Slow as such').count();
    expect(last('Slow as such').document.runs.at(-1)!.diagnosis).toMatch(
      /^Map "Slow as such" is the bottleneck: .* per item, mostly waiting \(8 at a time; a higher concurrency may help\)\.$/,
    );
  });

  it('name no bottleneck where all operations take about as long', async () => {
    let equal = Dataset.range(20);
    for (let step = 1; step <= 8; step++) equal = equal.map((n) => (busy(0.5), n), `Step ${step}`);
    const none =
      /^No single step dominates: the slowest, map "Step \d", takes [1-3]?\d % of the pipeline's self time\.$/;
    let diagnosis = '';
    // On a busy machine a step may really take longer than all others: while it waits for a processor.
    for (let attempt = 0; attempt < 30 && !none.test(diagnosis); attempt++) {
      await equal.count();
      diagnosis = last('Step 8').document.runs.at(-1)!.diagnosis!;
    }
    expect(diagnosis).toMatch(none);
  });

  it('say where the pipeline keeps up', async () => {
    await Dataset.range(20).forEach(() => busy(1), 'Train');
    expect(last('Train').document.runs.at(-1)!.diagnosis).toMatch(
      /^The pipeline keeps up: \d+ % of the time is spent in your own code in forEach "Train"\.$/,
    );
  });

  it('count what a flatMap over asynchronous generators awaits as its own', async () => {
    await Dataset.range(5)
      .flatMap(async function* (n) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        yield n;
      }, 'Pages')
      // So short that a busy machine does not make it the longer one.
      .map((n) => (busy(0.2), n), 'Parse')
      .count();
    const { execution } = last('Pages').process;
    expect(execution.awaitTime!.totalMs).toBeGreaterThan(execution.selfTime!.totalMs);
    expect(last('Parse').document.runs.at(-1)!.diagnosis).toMatch(/^FlatMap "Pages" is the bottleneck/);
  });

  it('tell waiting from working', async () => {
    const slow = (n: number): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(n), 2));
    await Dataset.range(6)
      .map(slow, { concurrency: 1, identifier: 'Slow' })
      .map((n) => n, 'After')
      .count();
    const { execution } = last('After').process;
    expect(execution.waitMs!).toBeGreaterThan(10 * execution.selfTime!.totalMs);
    expect(execution.waitTime!.totalMs).toBeCloseTo(execution.waitMs!);
    expect(execution.waitTime!.p50Ms).toBeGreaterThan(1);
    expect(last('Slow').process.execution.selfTime!.overlapping).toBe(true);
  });

  it('tell how long a sink waited at a time', async () => {
    const ds = Dataset.range(12).map((n) => (busy(n === 11 ? 30 : 2), n));
    await ds.forEach(() => undefined);
    for await (const _ of ds);
    const sinks = provenance
      .document()
      .processes.filter(({ role }) => role === 'sink')
      .slice(-2);
    expect(sinks.map(({ kind }) => kind)).toEqual(['forEach', 'iterate']);
    for (const { execution } of sinks) {
      const { waitMs, waitTime } = execution;
      expect(waitTime!.totalMs).toBeCloseTo(waitMs!);
      expect(waitTime!.maxMs).toBeGreaterThan(29);
    }
    // Twelve items, and the end.
    expect(sinks[1]!.execution.waitTime!.timedItems).toBe(13);
  });

  it('show what is held back', async () => {
    const ds = Dataset.range(100).shuffle({ bufferSize: 40, identifier: 'Buffer' });
    let held: number | null = null;
    for await (const _ of ds) {
      held ??= last('Buffer').process.execution.bufferedItems;
    }
    expect(held).toBe(40);
    expect(last('Buffer').process.execution.bufferedItems).toBe(0);
  });

  it('show how full a buffer was on the way', async () => {
    for await (const _ of Dataset.range(60).shuffle({ bufferSize: 20, seed: 1, identifier: 'Level' })) busy(3);
    const { bufferLevels } = last('Level').process.execution;
    expect(bufferLevels!.readings).toBeGreaterThan(3);
    expect(bufferLevels!.max).toBe(20);
    expect(bufferLevels!.mean).toBeGreaterThan(5);
    await Dataset.range(5)
      .map((n) => n, 'No buffer')
      .count();
    expect(last('No buffer').process.execution.bufferLevels).toBeNull();
  });
});

it('a recorder that fails does not touch the results', async () => {
  const nasty = new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
      getPrototypeOf: () => {
        throw new Error('trap');
      },
    },
  );
  const items = await Dataset.fromArray([nasty, 1], 'Nasty')
    .map((x) => x, 'Through')
    .toArray();
  expect(items[0]).toBe(nasty);
  expect(last('Through').process.execution).toMatchObject({ state: 'complete', itemsOut: 2 });
});
