import { describe, expect, it } from 'vitest';
import { Chunk } from '../../../lib/src/engine/chunk';
import { Traced } from '../../../lib/src/engine/traced';
import type { Origin } from '../../../lib/src/engine/origin';

const chunkOf = (origins: Origin[]): Chunk => new Chunk(origins, origins);
const rows = (start: number, count: number): number[] => Array.from({ length: count }, (_, i) => start + i);

describe('looking out for traced items', () => {
  it('is over when all were found, and begins again with a source that comes later', () => {
    const origins = [0, 1];
    const traced = new Traced(origins);
    expect([...traced.find(chunkOf([5, 1, 0]))]).toEqual([
      [1, [1]],
      [2, [0]],
    ]);
    expect(traced.waiting).toBe(false);
    origins.push(7);
    expect(traced.waiting).toBe(true);
    expect([...traced.find(chunkOf([0, 7]))]).toEqual([[1, [7]]]);
  });

  it('finds a batch by what it is made of, once', () => {
    const traced = new Traced([0, 1, 2]);
    expect([
      ...traced.find(
        chunkOf([
          [9, 0, 1],
          [[2], [1]],
        ]),
      ),
    ]).toEqual([
      [0, [1, 0]],
      [1, [2]],
    ]);
    expect(traced.waiting).toBe(false);
  });

  it('finds rows of a source by counting', () => {
    const traced = new Traced([3, 10, 700]);
    const source = (first: number): Chunk => Chunk.successive(rows(0, 8), first);
    expect([...traced.find(source(0))]).toEqual([[3, [3]]]);
    expect([...traced.find(source(8))]).toEqual([[2, [10]]]);
    expect(traced.find(source(16)).size).toBe(0);
    expect([...traced.find(source(700))]).toEqual([[0, [700]]]);
    expect(traced.waiting).toBe(false);
  });

  it('gives up after a while, the sooner the more is missing', () => {
    const itemsUntilItGivesUp = (missing: number, asChunk: (rows: number[]) => (number | number[])[]): number => {
      const traced = new Traced(rows(0, missing));
      let start = 1000;
      for (; traced.waiting; start += 500) traced.find(chunkOf(asChunk(rows(start, 500))));
      return start - 1000;
    };
    for (const asChunk of [(items: number[]) => items, (items: number[]) => [items]]) {
      expect(itemsUntilItGivesUp(1, asChunk)).toBe(200_000);
      expect(itemsUntilItGivesUp(10, asChunk)).toBe(20_000);
    }
  });
});
