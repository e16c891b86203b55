import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';

/** As Python's, for whole numbers. */
function python(start: number, stop: number, step: number): number[] {
  const numbers: number[] = [];
  for (let n = start; step > 0 ? n < stop : n > stop; n += step) numbers.push(n);
  return numbers;
}

const whole = fc.integer({ min: -60, max: 60 });

describe('Dataset.range', () => {
  it('is as Python’s', () =>
    fc.assert(
      fc.asyncProperty(
        whole,
        whole,
        whole.filter((n) => n !== 0),
        async (start, stop, step) => {
          const ds = Dataset.range(start, stop, step);
          const expected = python(start, stop, step);
          expect(await ds.toArray()).toEqual(expected);
          expect(ds.length).toEqual({ kind: 'exact', items: expected.length });
          expect(await Dataset.range(start, stop).toArray()).toEqual(python(start, stop, 1));
        },
      ),
    ));

  it('has as many items as fractional steps mean, none of which drifts', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 99 }),
        whole,
        fc.constantFrom(1, -1),
        async (count, hundredths, first, sign) => {
          const [start, step] = [first / 100, (sign * hundredths) / 100];
          const stop = (first + sign * count * hundredths) / 100;
          const numbers = await Dataset.range(start, stop, step).toArray();
          expect(numbers).toEqual(Array.from({ length: count }, (_, i) => start + i * step));
        },
      ),
    ));

  it('counts exactly where floats do not', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const items = (...given: [number, number, number]) => (Dataset.range(...given).length as { items: number }).items;
    expect(items(0, most, 2)).toBe(2 ** 52);
    expect(items(0, most, most)).toBe(1);
    expect(items(0, most - 1, most)).toBe(1);
    expect(items(most, 0, -3)).toBe(Math.ceil(most / 3));
    expect([items(0, 1.1, 0.1), items(0, 0.9, 0.3), items(1, 1.6, 0.2), items(0, 0.95, 0.3)]).toEqual([11, 3, 3, 4]);
  });

  it('takes options last, and is in the record', async () => {
    for (const ds of [Dataset.range(3, 'r'), Dataset.range(0, 3, 'r'), Dataset.range(0, 3, 1, { identifier: 'r' })])
      expect(await ds.toArray()).toEqual([0, 1, 2]);
    const options = provenance.document().processes.filter(({ label }) => label === 'r').map((one) => one.options); // prettier-ignore
    expect(options).toEqual([{ count: 3 }, { start: 0, stop: 3, step: 1 }, { start: 0, stop: 3, step: 1 }]);
  });

  it.each<[unknown[], string]>([
    [[0, 3, 0], 'invalid step of range: 0'],
    [[-1], 'invalid count of range: expected a whole number of at least 0, got -1'],
    [[2.5], 'invalid count of range: expected a whole number of at least 0, got 2.5'],
    [[], 'invalid count of range: expected a whole number, got undefined'],
    [['3'], 'invalid count of range: expected a whole number, got "3"'],
    [[NaN, 3], 'invalid start of range: expected a finite number'],
    [[0, Infinity], 'a stream without an end is range(1).repeat()'],
    [[0, 2 ** 60], 'whole ones below 2^53'],
    [[0, 1, 1e-300], 'there are too many numbers'],
    [[0, '5', 1], 'invalid arguments of range: expected a stop, or a start, a stop and a step, and then options'],
    [[0, 5, 1, 1], 'invalid options of range'],
    [[0, null], 'invalid options of range'],
  ])('%j is an error', (given, message) =>
    expect(() => (Dataset.range as (...all: unknown[]) => unknown)(...given)).toThrow(message),
  );
});
