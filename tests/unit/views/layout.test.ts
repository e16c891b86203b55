import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncrementalLayout, SIZE, type Place } from '../../../views/src/graph/layout';
import { graphs, node } from './drawn-graphs';
import { soak } from '../../support/soak';

describe('IncrementalLayout', () => {
  it('puts a chain into one column, from top to bottom', () => {
    const layout = new IncrementalLayout();
    layout.update([node('p0'), node('a0', ['p0']), node('p1', ['a0']), node('a1', ['p1'])]);
    expect([...layout.places.values()].map((place) => place.x)).toEqual([0, 0, 0, 0]);
    expect([...layout.places.values()].map((place) => place.rank)).toEqual([0, 1, 2, 3]);
  });

  it('gives an edge that passes a process a lane beside it', () => {
    const layout = new IncrementalLayout();
    layout.update([node('p0'), node('a0', ['p0']), node('p1', ['a0']), node('a1', ['p1']), node('p2', ['a0'], ['a1'])]);
    const route = layout.routes.get('a0→p2');
    expect(route?.via.length).toBeGreaterThan(0);
    expect(Math.abs(route?.via.at(-1)?.x ?? 0)).toBeGreaterThan(SIZE.processWidth / 2);
    expect(layout.routes.get('a1→p2')).toMatchObject({ uses: true, via: [] });
  });

  it('never moves what is placed, whatever comes after it', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const layout = new IncrementalLayout();
        const before = new Map<string, Place>();
        for (let count = 1; count <= nodes.length; count++) {
          layout.update(nodes.slice(0, count));
          for (const [id, place] of before) {
            expect(layout.places.get(id)).toEqual(place);
          }
          for (const [id, place] of layout.places) {
            before.set(id, { ...place });
          }
        }
      }),
      { numRuns: soak(1200, 60) },
    );
  });

  it('never lets two nodes overlap, and leads every edge downwards', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const layout = new IncrementalLayout();
        layout.update(nodes);
        const places = [...layout.places.values()];
        for (const [i, one] of places.entries()) {
          for (const other of places.slice(i + 1)) {
            expect(one.rank !== other.rank || Math.abs(one.x - other.x) >= SIZE.column).toBe(true);
          }
        }
        for (const route of layout.routes.values()) {
          const [source, target] = [layout.places.get(route.source), layout.places.get(route.target)];
          expect((source?.rank ?? 0) < (target?.rank ?? 0)).toBe(true);
        }
      }),
      { numRuns: soak(1200, 60) },
    );
  });

  it('forgets what is gone and uses its room again', () => {
    const layout = new IncrementalLayout();
    layout.update([node('p0'), node('a0', ['p0']), node('p1', ['a0'])]);
    layout.update([node('p0'), node('a0', ['p0']), node('p2', ['a0'])]);
    expect(layout.places.get('p2')?.x).toBe(0);
    expect(layout.places.has('p1')).toBe(false);
    expect(layout.routes.has('a0→p1')).toBe(false);
  });

  it('places the nodes of an expanded group where the group was, side by side and in their order', () => {
    const layout = new IncrementalLayout();
    const below = node('p9', ['a8']);
    layout.update([node('p8'), node('a8', ['p8']), below]);
    const before = { ...layout.places.get('p9') };
    const sources = [0, 1, 2].map((i) => node(`p${i}`));
    const streams = [0, 1, 2].map((i) => node(`a${i}`, [`p${i}`]));
    const opened = [...sources, ...streams, node('p9', ['a0', 'a1', 'a2'])];
    layout.update(opened, ({ id }) => (id === 'p9' ? ['p9'] : [`${id[0]}8`]));
    const x = (id: string) => layout.places.get(id)?.x;
    expect(['p0', 'p1', 'p2'].map(x)).toEqual([-SIZE.column, 0, SIZE.column]);
    expect(['a0', 'a1', 'a2'].map(x)).toEqual([-SIZE.column, 0, SIZE.column]);
    expect(layout.places.get('p9')).toEqual(before);
    layout.update([node('p8'), node('a8', ['p8']), below], ({ id }) => [0, 1, 2].map((i) => `${id[0]}${i}`));
    expect([x('p8'), x('a8'), x('p9')]).toEqual([0, 0, 0]);
  });

  it('lets what would stand above its parents make way, and keeps its column', () => {
    const layout = new IncrementalLayout();
    layout.update([node('p0'), node('p9'), node('a9', ['p9']), node('p1', ['a9'])]);
    const { generation } = layout;
    const side = layout.places.get('p0');
    const chain = [node('p9'), node('a9', ['p9']), node('p2', ['a9']), node('a2', ['p2'])];
    layout.update([node('p0'), ...chain, node('p1', ['a2'])]);
    expect(layout.places.get('p1')).toMatchObject({ rank: 4, x: SIZE.column });
    expect(layout.places.get('p0')).toEqual(side);
    expect(layout.generation).not.toBe(generation);
  });

  it('places a thousand nodes without overlaps', () => {
    const nodes = Array.from({ length: 500 }, (_, i) => [
      node(`p${i}`, i === 0 ? [] : [`a${Math.floor(i / 2)}`].filter((id) => id !== `a${i}`)),
      node(`a${i}`, [`p${i}`]),
    ]).flat();
    const layout = new IncrementalLayout();
    layout.update(nodes);
    expect(new Set([...layout.places.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(1000);
  });

  it('places three thousand sources in one row, and what stands below one of them', () => {
    const sources = Array.from({ length: 3000 }, (_, i) => [node(`p${i}`), node(`a${i}`, [`p${i}`])]).flat();
    const fan = Array.from({ length: 3000 }, (_, i) => node(`p${3000 + i}`, ['a1500']));
    const layout = new IncrementalLayout();
    layout.update([...sources, ...fan]);
    expect(new Set([...layout.places.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(9000);
  });
});
