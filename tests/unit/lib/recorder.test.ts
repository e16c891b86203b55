import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mergeSchemas, printSchema, TimeSketch } from 'stemma-document';
import { schemaOf } from '../../../lib/src/recorder/observing/schema';
import { widenedFields } from '../../../lib/src/recorder/observing/widened-fields';
import { encodeSummary, summarize } from '../../../lib/src/recorder/observing/summary';
import { encodePng } from '../../../lib/src/recorder/images/png';
import { Timer } from '../../../lib/src/recorder/timer';

const print = (value: unknown): string => printSchema(schemaOf(value));
const image = (shape: number[], Type: typeof Float32Array | typeof Uint8Array = Float32Array) => ({
  data: new Type(shape.reduce((a, b) => a * b, 1)).fill(1),
  shape,
});

describe('schema', () => {
  it("is printed in the talk's notation", () => {
    expect(print({ image: image([3, 224, 224]), label: 7 })).toBe("{image: [[3,224,224],'float32'], label: 'int'}");
    expect(print([1.5, 2])).toBe("[[2],'float']");
    expect(
      print([
        [1, 2],
        [3, 4],
      ]),
    ).toBe("[[2,2],'int']");
    expect(print(new Uint8Array(4))).toBe("[[4],'uint8']");
    expect(print(['a', 'b'])).toBe("list(2, 'str')");
    expect(print([])).toBe('list(0)');
    expect(print([null, undefined, true, new Date(0), 5n, new Map()])).toBe(
      "list(6, 'bigint' | 'bool' | 'date' | 'null' | 'undefined' | Map)",
    );
  });

  it('is merged to unions, ranges and optional fields', () => {
    const merged = [
      { image: image([3, 100, 80]), label: 1 },
      { image: image([3, 120, 80]), label: 1.5, note: 'late' },
      { image: null, label: 2 },
    ]
      .map((value) => schemaOf(value))
      .reduce((a, b) => mergeSchemas(a, b));
    expect(printSchema(merged)).toBe("{image: 'null' | [[3,100..120,80],'float32'], label: 'float', note?: 'str'}");
  });

  it('says where a value made it wider', () => {
    const widened = (before: unknown, value: unknown): string[] =>
      widenedFields(schemaOf(before), mergeSchemas(schemaOf(before), schemaOf(value)));
    const item = { box: { x: 1, tags: ['a'] }, label: 'cat' };
    expect(widened(item, { box: { x: 2, tags: ['b'] }, label: 'dog' })).toEqual([]);
    expect(widened(item, { box: { x: null, tags: [true] }, label: 'dog' })).toEqual(['box.x', 'box.tags[]']);
    expect(widened(item, { box: { x: 1 }, label: 'dog', note: '' })).toEqual(['box.tags', 'note']);
    expect(widened(image([3, 2, 2]), image([3, 4, 2]))).toEqual(['']);
    expect(widened(item, 5)).toEqual(['']);
  });

  it('merges to the same in any order', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (a, b, c) => {
        const [x, y, z] = [schemaOf({ v: a }), schemaOf({ v: b }), schemaOf({ v: c })];
        const sorted = (text: string): string => [...text].sort().join('');
        const left = printSchema(mergeSchemas(mergeSchemas(x, y), z));
        const right = printSchema(mergeSchemas(mergeSchemas(z, y), x));
        expect(sorted(left)).toBe(sorted(right));
      }),
    );
  });
});

describe('summary', () => {
  it('is bounded and never throws, whatever the value', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const getter = {
      get boom() {
        throw new Error('boom');
      },
      fine: 1,
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no keys');
        },
        getPrototypeOf() {
          throw new Error('no');
        },
      },
    );
    const hostile = [
      cycle,
      getter,
      proxy,
      'x'.repeat(1e6),
      Object.assign([], { length: 1e7 }),
      Symbol('s'),
      () => 1,
      2n ** 4000n,
      {
        toJSON() {
          throw new Error('no');
        },
      },
      NaN,
      -0,
      new Date(NaN),
      Object.create(null),
      new Uint8Array(new SharedArrayBuffer(8)),
    ];
    for (const value of hostile) {
      const text = JSON.stringify(encodeSummary(summarize(value), () => ''));
      expect(text.length).toBeLessThan(5000);
    }
    expect(summarize(getter)).toMatchObject({ fields: [{ value: { text: 'unreadable' } }, { value: { value: 1 } }] });
  });

  it('takes any value there is', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: true,
        }),
        (value) => {
          JSON.stringify(encodeSummary(summarize(value), () => ''));
        },
      ),
    );
  });

  describe('of many numbers has an overview', () => {
    type Overview = { type: string; low: number[]; high: number[]; levels: (number | null)[]; columns: number };
    const overview = (value: unknown) => (summarize(value) as { overview?: Overview }).overview;

    it('of a recording its course, to the end', () => {
      const rising = Float32Array.from({ length: 100_000 }, (_, i) => i);
      const { type, low, high } = overview(rising)!;
      expect([type, low.length, high.length]).toEqual(['envelope', 128, 128]);
      expect(low[0]).toBe(0);
      expect(high.every((value, i) => value > low[i]! && (i === 0 || value > high[i - 1]!))).toBe(true);
      expect(high[127]).toBeGreaterThan(99_000);
    });

    it('of a short vector and of a list every number, with gaps where none is finite', () => {
      const numbers = Array.from({ length: 20 }, (_, i) => i / 3);
      const expected = numbers.map((value) => Number(value.toPrecision(5)));
      expect(overview(Float64Array.from(numbers))).toEqual({ type: 'envelope', low: expected, high: expected });
      expect(overview(numbers)).toEqual({ type: 'envelope', low: expected, high: expected });
      expect(overview([...numbers, NaN, 'text'])?.low.slice(-2)).toEqual([null, null]);
    });

    it('of a matrix, however large, at most 32 by 32 levels', () => {
      const data = Float32Array.from({ length: 5 * 400 * 100 }, (_, i) => (Math.floor(i / 100) < 200 ? 0 : 1));
      const { type, columns, levels, low, high } = overview({ data, shape: [5, 400, 100] })!;
      expect([type, columns, levels.length, low, high]).toEqual(['matrix', 32, 1024, 0, 1]);
      expect([levels[0], levels[1023]]).toEqual([0, 255]);
    });

    it('of more dimensions the first matrix; of few elements and of images none', () => {
      const data = Float64Array.from({ length: 5 * 2 * 9 }, (_, i) => i);
      expect(overview({ data, shape: [5, 2, 9] })).toMatchObject({ columns: 9, low: 0, high: 17 });
      expect(overview({ data: new Float32Array(16), shape: [4, 4] })).toBeUndefined();
      expect(overview(image([28, 28]))).toBeUndefined();
      expect(overview({ data: new Float32Array(0), shape: [0, 9] })).toBeUndefined();
    });

    it('of a value with many of them a few only', () => {
      const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, new Float32Array(900)]));
      const { fields } = summarize(many) as { fields: { value: { overview?: unknown } }[] };
      expect(fields.filter(({ value }) => value.overview !== undefined)).toHaveLength(4);
    });
  });

  it('makes thumbnails of images in either layout, and of batches of them', () => {
    const picture = (value: unknown) =>
      summarize(value) as { layout: string; images: { width: number; height: number; rgb: Uint8Array }[] };
    expect(picture(image([3, 10, 20]))).toMatchObject({ layout: 'CHW', images: [{ width: 20, height: 10 }] });
    expect(picture(image([10, 20, 4], Uint8Array))).toMatchObject({
      layout: 'HWC',
      images: [{ width: 20, height: 10 }],
    });
    expect(picture(image([28, 28]))).toMatchObject({ layout: 'HW', images: [{ width: 28, height: 28 }] });
    expect(picture(image([32, 1, 28, 28])).images).toHaveLength(16);
    expect(picture(image([3, 500, 1000])).images[0]).toMatchObject({ width: 96, height: 48 });
    expect(picture(image([5]))).toMatchObject({ layout: null, images: [] });
  });

  describe('thumbnails have one scale for each type and range:', () => {
    /** The red, green and blue of an image whose channels have these values. */
    const shown = (data: Float32Array | Float64Array | Uint8Array | Int32Array | Uint16Array): number[] => {
      const filled = new (data.constructor as Float32ArrayConstructor)(48);
      data.forEach((value, channel) => filled.fill(value, channel * 16, (channel + 1) * 16));
      return [
        ...(summarize({ data: filled, shape: [3, 4, 4] }) as { images: { rgb: Uint8Array }[] }).images[0]!.rgb,
      ].slice(0, 3);
    };
    const floats = (...values: number[]): Float32Array => Float32Array.from(values);

    it('integers in 0…255 stay', () => {
      expect(shown(Uint8Array.of(10, 20, 255))).toEqual([10, 20, 255]);
      expect(shown(Uint8Array.of(0, 16, 32))).toEqual([0, 16, 32]);
      expect(shown(Int32Array.of(10, 20, 200))).toEqual([10, 20, 200]);
    });

    it('floats in 0…1 are spread over 0…255, and what exceeds 0…1 a little is cut off', () => {
      expect(shown(floats(0, 0.5, 1))).toEqual([0, 128, 255]);
      expect(shown(floats(0.2, 0.2, 0.2))).toEqual([51, 51, 51]);
      expect(shown(floats(0.05, 0.5, 1.045))).toEqual([13, 128, 255]);
      expect(shown(floats(-0.05, 0.5, 1.045))).toEqual([0, 128, 255]);
      expect(shown(floats(-0.4, 0.2, 1.4))).toEqual([0, 51, 255]);
      expect(shown(floats(0, 0.5, 2))).toEqual([0, 128, 255]);
      expect(shown(Float64Array.of(0.2, 0.4, 1.01))).toEqual([51, 102, 255]);
    });

    it('floats clearly above 1 are in 0…255', () => {
      expect(shown(floats(0, 0.5, 255))).toEqual([0, 0, 255]);
      expect(shown(floats(1, 2, 32))).toEqual([1, 2, 32]);
    });

    it('masks of classes are stretched from 0 to the maximum, whatever their type', () => {
      for (const data of [Uint8Array.of(0, 1, 1), Int32Array.of(0, 1, 1), Uint16Array.of(0, 1, 1), floats(0, 1, 1)])
        expect(shown(data)).toEqual([0, 255, 255]);
      for (const data of [Uint8Array.of(5, 10, 20), Int32Array.of(5, 10, 20), floats(5, 10, 20)])
        expect(shown(data)).toEqual([64, 128, 255]);
      expect(shown(Int32Array.of(0, 0, 0))).toEqual([0, 0, 0]);
      expect(shown(Uint8Array.of(0, 15, 31))).toEqual([0, 123, 255]);
    });

    it('all else is stretched from its minimum to its maximum', () => {
      expect(shown(floats(-1, 0, 1))).toEqual([0, 128, 255]);
      expect(shown(floats(-0.5, 0, 0.5))).toEqual([0, 128, 255]);
      expect(shown(floats(-2, 0, 2))).toEqual([0, 128, 255]);
      expect(shown(floats(0, 500, 1000))).toEqual([0, 128, 255]);
      expect(shown(Uint16Array.of(0, 1000, 2000))).toEqual([0, 128, 255]);
      expect(shown(Int32Array.of(-1, 0, 1))).toEqual([0, 128, 255]);
    });

    it('values that are not finite do not change the scale of the others', () => {
      expect(shown(floats(0.2, NaN, Infinity))).toEqual([51, 0, 255]);
      expect(shown(floats(100, -Infinity, 200))).toEqual([100, 0, 200]);
    });

    it('noise does not change the scale of an image in 0…1', () => {
      const unit = fc.double({ min: 0, max: 1, noNaN: true });
      const noise = fc.double({ min: -0.4, max: 0.4, noNaN: true });
      fc.assert(
        fc.property(unit, noise, noise, (grey, a, b) => {
          const values = [Math.max(grey, 0.8), grey + a, grey + b];
          const expected = values.map((value) => Math.round(Math.min(1, Math.max(0, value)) * 255));
          shown(floats(...values)).forEach((got, i) => expect(Math.abs(got - expected[i]!)).toBeLessThanOrEqual(1));
        }),
      );
    });
  });
});

describe('png', () => {
  it('holds the pixels that were put in', () => {
    const png = Buffer.from(encodePng(2, 1, Uint8Array.of(1, 2, 3, 4, 5, 6)));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const at = png.indexOf('IDAT');
    const data = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect([...data]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('time', () => {
  it('quantiles are within 4 % of the true ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (times) => {
          const sketch = new TimeSketch();
          for (const ms of times) sketch.add(ms, 1);
          const sorted = [...times].sort((a, b) => a - b);
          for (const q of [0.5, 0.95, 1]) {
            const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
            expect(Math.abs(sketch.quantile(q) / exact - 1)).toBeLessThan(0.041);
          }
        },
      ),
    );
  });

  it('a total counts items that were not timed', () => {
    const timer = new Timer(false, false);
    for (let i = 0; i < 10_000; i++) {
      const start = timer.begin(1);
      timer.end(start, 1);
    }
    const { timedItems, totalMs, meanMs } = timer.statistics()!;
    expect(timedItems).toBeLessThan(10_000);
    expect(totalMs / meanMs).toBeCloseTo(10_000, 0);
  });
});
