import { describe, expect, it } from 'vitest';
import { Followed } from 'stemma/dist/engine/followed.js';

const rows = (start: number, count: number): number[] => Array.from({ length: count }, (_, i) => start + i);

describe('looking out for followed items', () => {
  it('is over when all were found, and begins anew with a source that comes later', () => {
    const origins = [0, 1];
    const followed = new Followed(origins);
    expect([...followed.find([5, 1, 0])]).toEqual([
      [1, [1]],
      [2, [0]],
    ]);
    expect(followed.waiting).toBe(false);
    origins.push(7);
    expect(followed.waiting).toBe(true);
    expect([...followed.find([0, 7])]).toEqual([[1, [7]]]);
  });

  it('finds a batch by what it is made of, once', () => {
    const followed = new Followed([0, 1, 2]);
    expect([
      ...followed.find([
        [9, 0, 1],
        [[2], [1]],
      ]),
    ]).toEqual([
      [0, [0, 1]],
      [1, [2]],
    ]);
    expect(followed.waiting).toBe(false);
  });

  it('gives up after a while, the sooner the more is missing', () => {
    const itemsUntilItGivesUp = (missing: number, asChunk: (rows: number[]) => (number | number[])[]): number => {
      const followed = new Followed(rows(0, missing));
      let start = 1000;
      for (; followed.waiting; start += 500) followed.find(asChunk(rows(start, 500)));
      return start - 1000;
    };
    for (const asChunk of [(items: number[]) => items, (items: number[]) => [items]]) {
      expect(itemsUntilItGivesUp(1, asChunk)).toBe(200_000);
      expect(itemsUntilItGivesUp(10, asChunk)).toBe(20_000);
    }
  });
});
