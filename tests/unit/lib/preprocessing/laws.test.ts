import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Dataset,
  kBinsDiscretizer,
  minMaxScaler,
  oneHotEncoder,
  ordinalEncoder,
  robustScaler,
  simpleImputer,
  standardScaler,
  vocabulary,
} from 'stemma';

const numbers = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null }), { minLength: 1 });
const someNumbers = numbers.filter((values) => values.some((value) => value !== null));
const categories = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { minLength: 1 });
const tokens = fc.array(fc.array(fc.string()), { minLength: 1 });

const rowsOf = <V>(values: readonly V[]) => values.map((x) => ({ x }));

describe('scalers', () => {
  const scalers = { standardScaler, minMaxScaler, robustScaler };

  it.each(Object.entries(scalers))('%s: the inverse is the way back', async (_, scaler) => {
    await fc.assert(
      fc.asyncProperty(someNumbers, async (values) => {
        const fitted = await scaler('x').fit(Dataset.fromArray(rowsOf(values)));
        for (const row of rowsOf(values)) {
          const back = fitted.inverse(fitted(row)).x as number | null;
          if (row.x === null) expect(back).toBe(null);
          else expect(back).toBeCloseTo(row.x, 4);
        }
      }),
    );
  });

  it('do not depend on the order of the items', async () => {
    await fc.assert(
      fc.asyncProperty(someNumbers, fc.integer(), async (values, seed) => {
        const dataset = Dataset.fromArray(rowsOf(values));
        for (const scaler of Object.values(scalers)) {
          const { learned } = await scaler('x').fit(dataset);
          const other = await scaler('x').fit(dataset.shuffle({ seed, bufferSize: values.length + 1 }));
          const size = Math.max(1, Math.abs(learned.x.center), Math.abs(learned.x.scale));
          expect(Math.abs(other.learned.x.center - learned.x.center) / size).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('encoders', () => {
  it('number what they saw, and the inverse is the way back', async () => {
    await fc.assert(
      fc.asyncProperty(categories, async (values) => {
        const dataset = Dataset.fromArray(rowsOf(values));
        const ordinal = await ordinalEncoder('x').fit(dataset);
        const oneHot = await oneHotEncoder('x').fit(dataset);
        for (const row of rowsOf(values)) {
          const number = ordinal(row).x;
          expect(ordinal.inverse({ x: number }).x).toEqual(row.x);
          const { data, shape } = oneHot(row).x;
          expect(shape).toEqual([ordinal.learned.x.length]);
          expect([...data]).toEqual(ordinal.learned.x.map((_, i) => (i === number ? 1 : 0)));
        }
      }),
    );
  });

  it('keep a vocabulary in the order of frequency, with places for padding and unknown tokens', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (lists) => {
        const words = await vocabulary('x').fit(Dataset.fromArray(rowsOf(lists)));
        const known = words.learned.x;
        const count = (token: string) => lists.flat().filter((one) => one === token).length;
        expect(known.slice(0, 2)).toEqual(['', '[UNK]']);
        expect(new Set(known).size).toBe(known.length);
        for (let i = 3; i < known.length; i++) expect(count(known[i]!)).toBeLessThanOrEqual(count(known[i - 1]!));
        for (const list of lists) expect(words.inverse(words({ x: list })).x).toEqual(list);
        expect(words({ x: ['never seen before'] }).x).toEqual([lists.flat().includes('never seen before') ? 2 : 1]);
      }),
    );
  });
});

describe('a saved transform', () => {
  it('does what it did, after JSON', async () => {
    await fc.assert(
      fc.asyncProperty(someNumbers, categories, tokens, async (values, kinds, lists) => {
        const [ofNumbers, ofKinds, ofLists] = [values, kinds, lists].map((list) =>
          Dataset.fromArray(rowsOf<never>(list as never[])),
        );
        const all = [
          [standardScaler('x'), ofNumbers, values],
          [minMaxScaler('x'), ofNumbers, values],
          [robustScaler('x'), ofNumbers, values],
          [kBinsDiscretizer('x'), ofNumbers, values],
          [simpleImputer('x', { strategy: 'median' }), ofNumbers, values],
          [ordinalEncoder('x'), ofKinds, kinds],
          [oneHotEncoder('x'), ofKinds, kinds],
          [vocabulary('x'), ofLists, lists],
        ] as const;
        for (const [estimator, dataset, list] of all) {
          const one = estimator as ReturnType<typeof standardScaler<'x'>>;
          const fitted = await one.fit(dataset!);
          const loaded = one.load(JSON.parse(JSON.stringify(fitted)));
          for (const row of rowsOf(list as never[])) expect(loaded(row)).toEqual(fitted(row));
        }
      }),
      { numRuns: 30 },
    );
  });
});
