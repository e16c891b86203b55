import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../../views/src/graph/turns';

const edge = (source: string, target: string, from: number, to: number) => ({
  edge: `${source}→${target}`,
  source,
  target,
  from,
  to,
});

describe('edges that turn aside between two rows', () => {
  it('share a track where they come of one stream or go to one step', () => {
    const turns = new Turns(3);
    expect(turns.take(1, edge('train', 'mean', 0, 100))).toBe(0);
    expect(turns.take(1, edge('train', 'scale', 0, 200))).toBe(0);
    expect(turns.take(1, edge('other', 'scale', 300, 200))).toBe(0);
  });

  it('never lie on each other where they have nothing to do with each other', () => {
    const turns = new Turns(3);
    expect(turns.take(1, edge('train', 'scale', 0, 100))).toBe(0);
    expect(turns.take(1, edge('validation', 'count', 100, 200))).toBe(1);
    expect(turns.take(1, edge('test', 'count 2', 200, 300))).toBe(0);
    expect(turns.take(3, edge('later', 'one', 0, 300))).toBe(0);
    turns.release('train→scale');
    expect(turns.take(1, edge('new', 'one', 0, 150))).toBe(0);
  });

  it('have tracks of their own, for any edges, as far as there are tracks', () => {
    const place = fc.integer({ min: 0, max: 9 });
    const any = fc.record({ source: place, target: place, from: place, to: place });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (edges) => {
        const turns = new Turns(12);
        const taken = edges.map(({ source, target, from, to }, at) => {
          const one = edge(`s${source}`, `t${target}`, from, to);
          return { ...one, track: turns.take(1, { ...one, edge: `${at}` }) };
        });
        for (const a of taken)
          for (const b of taken) {
            if (a.source === b.source || a.target === b.target || a.track !== b.track) continue;
            const apart =
              Math.max(a.from, a.to) < Math.min(b.from, b.to) || Math.max(b.from, b.to) < Math.min(a.from, a.to);
            expect(apart).toBe(true);
          }
      }),
    );
  });
});
