import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, type PipelineError, provenance } from 'stemma';
import { inBuckets } from './in-buckets';

const thrownBy = (run: Promise<unknown>): Promise<unknown> => run.catch((thrown: PipelineError) => thrown);

describe('bucketBy', () => {
  it('is what plain array code is, for any keys, sizes and boundaries, and reads no more than it needs', async () => {
    const sizes = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { maxLength: 60 }),
        sizes,
        fc.boolean(),
        fc.nat(5),
        async (keys, size, bounded, some) => {
          const boundaries = bounded ? [2, 5, 9] : undefined;
          const bucketOf = (key: number): number =>
            bounded ? [2, 5, 9].filter((boundary) => boundary <= key).length : key;
          const items = keys.map((key, i) => ({ key, i }));
          const expected = inBuckets(items, ({ key }) => bucketOf(key), size);
          let read = 0;
          const source = Dataset.fromArray(items).tap(() => void read++);
          const ds = source.bucketBy(({ key }) => key, { size, boundaries });
          expect(await ds.toArray()).toEqual(expected);
          if (ds.length.kind === 'atMost') expect(expected.length).toBeLessThanOrEqual(ds.length.items);
          read = 0;
          expect(await ds.take(some).toArray()).toEqual(expected.slice(0, some));
          const last = expected[some - 1];
          if (last !== undefined && last.length === size) expect(read).toBe(last.at(-1)!.i + 1);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses to hold more than maxItems, and says what to do', async () => {
    const ds = Dataset.range(20, 'Rows').bucketBy((n) => n, { size: 2, maxItems: 5, identifier: 'Too many' });
    const error = await thrownBy(ds.toArray());
    expect(error).toMatchObject({ kind: 'bucketBy', label: 'Too many', index: 5, origin: 'Rows item 5' });
    expect((error as Error).message).toContain(
      'at most 5 items at once, got more: 6 buckets are not full (raise maxItems',
    );
    expect(
      await Dataset.range(20)
        .bucketBy((n) => n % 5, { size: 2, maxItems: 5 })
        .count(),
    ).toBe(10);
  });

  it('names the item whose key is none, after the lists before it', async () => {
    for (const [key, words] of [
      [undefined, 'undefined'],
      [{}, 'a record'],
      [NaN, 'NaN'],
      [Promise.resolve(1), 'a promise'],
    ] as const) {
      const seen: unknown[] = [];
      const ds = Dataset.range(6, 'Rows').bucketBy((n) => (n === 3 ? (key as never) : 'k'), {
        size: 2,
        identifier: 'Keys',
      });
      const error = await thrownBy(ds.forEach((list) => void seen.push(list)));
      expect(error).toMatchObject({ kind: 'bucketBy', label: 'Keys', index: 3, origin: 'Rows item 3' });
      expect((error as Error).message).toContain(`got ${words}`);
      expect(seen).toEqual([[0, 1]]);
    }
    const bounded = Dataset.fromArray(['a']).bucketBy((text) => text, { boundaries: [1] });
    await expect(bounded.toArray()).rejects.toThrow('expected a number as the key, for the boundaries, got "a"');
  });

  it('makes padded batches of sequences of like length, or names the item that does not fit', async () => {
    const texts = Dataset.fromArray([[1], [2, 2, 2], [3, 3], [4, 4, 4, 4]]);
    const ds = texts.bucketBy((text) => text.length, { boundaries: [3], size: 2, collate: 'pad', dropRemainder: true });
    expect(await ds.toArray()).toEqual([
      [[1, 0], [3, 3]],
      [[2, 2, 2, 0], [4, 4, 4, 4]],
    ]); // prettier-ignore
    const uneven = texts.bucketBy((text) => text.length > 2, { size: 2, collate: true });
    expect(await thrownBy(uneven.toArray())).toMatchObject({ kind: 'bucketBy', index: 2 });
  });

  it('is one process with one edge, and its lists come from their items', async () => {
    const ds = Dataset.range(5, 'Bucketed').bucketBy((n) => n % 2, { size: 2, identifier: 'Buckets' });
    expect(await ds.count()).toBe(3);
    const { processes, artifacts } = provenance.document();
    const own = processes.filter(({ label }) => label === 'Buckets');
    expect(own).toMatchObject([
      {
        kind: 'bucketBy',
        options: { size: 2, maxItems: 10_000, dropRemainder: false },
        execution: { itemsIn: 5, itemsOut: 3, state: 'complete' },
      },
    ]);
    const output = artifacts.find(({ id }) => id === own[0]!.outputs[0])!;
    expect(output.execution.samples[0]!.origins).toEqual(['Bucketed item 0', 'Bucketed item 2']);
  });
});
