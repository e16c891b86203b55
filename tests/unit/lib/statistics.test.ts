import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';

const numbers = (values: number[]) => Dataset.fromArray(values).statistics();

describe('statistics', () => {
  it('hold for numbers whose sums and differences no number can be', async () => {
    const huge = await numbers([1e308, 1e308, -1e308]);
    expect(huge.fields['']!.numbers).toMatchObject({ count: 3, min: -1e308, max: 1e308, std: Infinity });
    expect(huge.fields['']!.numbers!.mean / 1e308).toBeCloseTo(1 / 3, 12);
    expect(huge.fields['']!.numbers!.histogram.counts).toEqual([1, ...Array<number>(18).fill(0), 2]);
    const many = (await numbers(Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 1.5e308 : -1.5e308)))).fields['']!
      .numbers!;
    expect(many.histogram.counts).toEqual([500, ...Array<number>(18).fill(0), 500]);
    expect(Number.isFinite(many.mean)).toBe(true);
  });

  it('tell a field with a dot in its name from one within another, in the record, too', async () => {
    const three = Dataset.range(3);
    const nested = three.map((n) => ({ 'a.b': n, a: { b: n * 2 }, 'x.y': n }), 'Nested');
    const { fields } = await nested.statistics();
    expect(Object.keys(fields)).toEqual(['"a.b"', 'a.b', 'x.y']);
    expect([fields['"a.b"'], fields['a.b']]).toMatchObject([
      { present: 3, missing: 0, numbers: { count: 3, mean: 1 } },
      { present: 3, missing: 0, numbers: { count: 3, mean: 2 } },
    ]);
    const recorded = provenance.document().artifacts.find(({ label }) => label === 'Nested')!.execution.fields;
    expect(recorded.map(({ path, missing, mean }) => [path, missing, mean])).toEqual([
      ['"a.b"', 0, 1],
      ['a.b', 0, 2],
      ['x.y', 0, 1],
    ]);
    const both = three.map((n) => ({ 'a.b': { c: n }, a: { 'b.c': n * 2 } }));
    expect(Object.keys((await both.statistics()).fields)).toEqual(['"a.b".c', 'a."b.c"']);
  });

  it('are those of plain array code, for any numbers', async () => {
    const value = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 300 }), async (values) => {
        const { items, fields } = await numbers(values);
        const stats = fields['']!.numbers!;
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
        const scale = Math.max(1, ...values.map(Math.abs));
        expect(items).toBe(values.length);
        expect(stats.count).toBe(values.length);
        expect([stats.min, stats.max]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(Math.abs(stats.mean - mean)).toBeLessThan(1e-9 * scale);
        expect(Math.abs(stats.std - std)).toBeLessThan(1e-9 * scale);
        expect(stats.histogram.counts.reduce((a, b) => a + b)).toBe(values.length);
        const sorted = [...values].sort((a, b) => a - b);
        const [low, high] = [Math.floor, Math.ceil].map((round) => sorted[round((values.length - 1) / 2)]!);
        const error = Math.max(Math.abs(low!), Math.abs(high!)) / 64 + 1e-300;
        expect(Math.abs(stats.quantiles.p50 - (low! / 2 + high! / 2))).toBeLessThanOrEqual(error);
      }),
      { numRuns: 100 },
    );
  });

  it('are exact where numbers repeat, and stay so far from zero', async () => {
    const digits = (await numbers(Array.from({ length: 10_000 }, (_, i) => i % 10))).fields['']!.numbers!;
    expect(digits.quantiles).toEqual({ p01: 0, p05: 0, p25: 2, p50: 4.5, p75: 7, p95: 9, p99: 9 });
    const far = (await numbers([1e9 + 1, 1e9 + 2, 1e9 + 3])).fields['']!.numbers!;
    expect(far.std).toBeCloseTo(Math.sqrt(2 / 3), 6);
  });

  it('has quantiles of few numbers as numpy.quantile has them', async () => {
    // numpy.quantile([100, 101, 103, 110], [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    const { quantiles } = (await numbers([103, 100, 110, 101])).fields['']!.numbers!;
    const expected = { p01: 100.03, p05: 100.15, p25: 100.75, p50: 102, p75: 104.75, p95: 108.95, p99: 109.79 };
    for (const [name, value] of Object.entries(expected))
      expect(quantiles[name as keyof typeof quantiles]).toBeCloseTo(value, 9);
    expect((await numbers([7])).fields['']!.numbers!.quantiles).toMatchObject({ p01: 7, p50: 7, p99: 7 });
    const far = (await numbers([-1.7e308, 1.7e308])).fields['']!.numbers!.quantiles;
    expect(far.p50).toBe(0);
  });

  it('counts what is not finite, alone and in tensors and lists', async () => {
    const [single] = [(await numbers([1, NaN, Infinity, -Infinity, 3])).fields['']!];
    expect(single).toMatchObject({
      present: 4,
      missing: 1,
      nan: 1,
      infinite: 2,
      numbers: { count: 2, min: 1, max: 3 },
    });
    const lists = await Dataset.fromArray([
      [1, NaN],
      [Infinity, 2],
    ]).statistics();
    expect(lists.fields['']).toMatchObject({ present: 2, missing: 0, nan: 1, infinite: 1, numbers: { count: 2 } });
    expect((await numbers([Infinity])).fields['']).toMatchObject({ present: 1, infinite: 1, numbers: null });
  });

  it('shows its numbers in a console, and is plain data otherwise', async () => {
    const statistics = await numbers([1, 2]);
    expect(inspect(statistics)).toContain('p50: 1.5');
    expect(inspect({ statistics })).not.toContain('[Object]');
    expect(structuredClone(statistics)).toEqual(statistics);
    expect(Object.keys(statistics)).toEqual(['items', 'fields']);
  });

  it('are of each field and each channel', async () => {
    const image = (n: number, layout: 'CHW' | 'HWC') => ({
      image:
        layout === 'CHW'
          ? { data: Float32Array.of(n, n + 1, 10, 10), shape: [2, 1, 2] }
          : { data: Float32Array.of(n, 10, n + 1, 10), shape: [1, 2, 2] },
      box: { x: n === 0 ? null : n },
      label: `class ${n}`,
    });
    for (const [layout, channelAxis] of [
      ['CHW', 'first'],
      ['HWC', 'last'],
    ] as const) {
      const items = Dataset.range(3).map((n) => image(n, layout));
      const { fields } = await items.statistics({ channelAxis });
      expect(fields.image!.numbers).toMatchObject({ count: 12, min: 0, max: 10 });
      expect(fields.image!.channels).toMatchObject([
        { count: 6, mean: 1.5, std: expect.closeTo(Math.sqrt(11 / 12), 12) },
        { count: 6, mean: 10, std: 0 },
      ]);
      expect(fields['box.x']).toMatchObject({ present: 2, missing: 1, numbers: { mean: 1.5 } });
      const categories = { distinct: 3, top: [0, 1, 2].map((n) => ({ value: `class ${n}`, count: 1 })) };
      const none = { nan: 0, infinite: 0, numbers: null, channels: null };
      expect(fields.label).toEqual({ present: 3, missing: 0, ...none, categories });
    }
  });

  it('count categories, the most frequent first, and leave out what has none', async () => {
    const rows = Dataset.range(1000).map((n) => ({
      port: n % 10 === 0 ? null : n % 3 === 0 ? 'C' : 'S',
      alone: n % 4 === 0,
      kind: n < 500 ? n % 2 : 'text',
      price: n / 3,
      id: `row ${n}`,
      review: 'word '.repeat(n),
      tags: ['a'],
    }));
    const { fields } = await rows.statistics();
    const ports = { S: 0, C: 0 };
    for (let n = 0; n < 1000; n++) if (n % 10 !== 0) ports[n % 3 === 0 ? 'C' : 'S']++;
    expect(fields.port!.categories).toEqual({
      distinct: 2,
      top: [
        { value: 'S', count: ports.S },
        { value: 'C', count: ports.C },
      ],
    });
    expect(fields.port).toMatchObject({ present: 900, missing: 100 });
    expect(fields.alone!.categories!.top).toEqual([
      { value: false, count: 750 },
      { value: true, count: 250 },
    ]);
    expect(fields.kind!.categories!.top.map(({ value }) => value)).toEqual(['text', 0, 1]);
    expect(fields.id!.categories).toMatchObject({ distinct: 1000 });
    expect(fields.id!.categories!.top).toHaveLength(20);
    for (const name of ['price', 'review', 'tags']) expect(fields[name]!.categories).toBeNull();
    const many = await Dataset.range(10_001).statistics();
    expect(many.fields['']!.categories).toBeNull();
  });

  it('take no side of a picture, and no batch, for channels', async () => {
    const tensor = (...shape: number[]) => ({ data: new Float32Array(shape.reduce((a, b) => a * b)), shape });
    for (const shape of [
      [28, 28],
      [32, 1, 4, 4],
    ]) {
      const { fields } = await Dataset.fromArray([tensor(...shape)]).statistics();
      expect(fields['']!.numbers).toMatchObject({ count: shape.reduce((a, b) => a * b) });
      expect(fields['']!.channels).toBeNull();
    }
  });

  it('keep the place of a channel without numbers', async () => {
    const data = Float32Array.of(NaN, NaN, 1, 3);
    const { fields } = await Dataset.fromArray([{ data, shape: [2, 1, 2] }]).statistics();
    expect(fields['']!.channels).toMatchObject([null, { mean: 2 }]);
  });

  it('look into lists in lists', async () => {
    const { fields } = await Dataset.fromArray([
      [
        [1, 2],
        [[3], 'x'],
      ],
      [Uint8Array.of(6)],
    ]).statistics();
    expect(fields['']!.numbers).toMatchObject({ count: 4, mean: 3 });
  });

  it('say when there are more fields than they are kept of', async () => {
    const wide = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]));
    const few = await Dataset.fromArray([wide(1000)]).statistics();
    expect(few).not.toHaveProperty('moreFields');
    const many = await Dataset.fromArray([wide(1001)]).statistics();
    expect(Object.keys(many.fields)).toHaveLength(1000);
    expect(many.moreFields).toBe(true);
  });

  it('of nothing are nothing', async () => {
    expect(await Dataset.range(0).statistics()).toEqual({ items: 0, fields: {} });
  });

  it('are an edge in the graph where an operation uses them', async () => {
    const stats = await Dataset.range(3).statistics('Factors');
    const { mean } = stats.fields['']!.numbers!;
    const centred = Dataset.range(3).map((n) => n - mean, { identifier: 'Centre', uses: [stats] });
    expect(await centred.toArray()).toEqual([-1, 0, 1]);
    const { processes } = provenance.document();
    const [factors, centre] = ['Factors', 'Centre'].map((label) => processes.find((one) => one.label === label)!);
    expect(centre!.uses).toEqual(factors!.outputs);
  });
});
