import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, type Box } from '../../../views/src/graph/bounds';
import { IncrementalLayout, SIZE, type Place } from '../../../views/src/graph/layout';
import { tidyLayout } from '../../../views/src/graph/tidy';
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
    layout.update(opened, { before: ({ id }) => (id === 'p9' ? ['p9'] : [`${id[0]}8`]) });
    const x = (id: string) => layout.places.get(id)?.x;
    expect(['p0', 'p1', 'p2'].map(x)).toEqual([-SIZE.column, 0, SIZE.column]);
    expect(['a0', 'a1', 'a2'].map(x)).toEqual([-SIZE.column, 0, SIZE.column]);
    expect(layout.places.get('p9')).toEqual(before);
    layout.update([node('p8'), node('a8', ['p8']), below], {
      before: ({ id }) => [0, 1, 2].map((i) => `${id[0]}${i}`),
    });
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

  it('places what comes of one stream side by side in its order, however many follow', () => {
    const layout = new IncrementalLayout();
    const parts = ['train', 'validation', 'test'].map((name) => node(`p-${name}`, ['a0']));
    layout.update([node('p0'), node('a0', ['p0']), ...parts.slice(0, 1)]);
    layout.update([node('p0'), node('a0', ['p0']), ...parts]);
    expect(parts.map(({ id }) => layout.places.get(id)?.x)).toEqual([0, SIZE.column, 2 * SIZE.column]);
  });

  it('leads the edges into one node through one lane', () => {
    const layout = new IncrementalLayout();
    const chain = [node('p0'), node('a0', ['p0']), node('p1', ['a0']), node('a1', ['p1']), node('p2', ['a1'])];
    layout.update([...chain, node('a2', ['p2']), node('p3', ['a0', 'a1', 'a2'])]);
    const lanes = ['a0→p3', 'a1→p3'].map((id) => layout.routes.get(id)?.lane);
    expect(lanes[0]).toBeDefined();
    expect(lanes[0]).toBe(lanes[1]);
    const ends = ['a0→p3', 'a1→p3'].map((id) => layout.routes.get(id)?.via.slice(2));
    expect(ends[0]).toEqual(ends[1]);
    layout.update([...chain, node('a2', ['p2']), node('p4', ['a2'])]);
    expect(lanes[0]?.edges.size).toBe(0);
  });
});

/** Random graphs whose nodes take different widths, as labels do. */
const labelled = fc
  .tuple(graphs, fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 8, maxLength: 8 }))
  .map(([nodes, more]) => ({
    nodes,
    extentOf: ({ id, type }: { id: string; type: string }) => {
      const extra = more[Number(id.slice(1)) % more.length] ?? 0;
      return type === 'process' ? { left: 94 + extra, right: 94 + extra } : { left: 46, right: 142 + extra };
    },
  }));

describe('what is written on a node', () => {
  it('is crossed by no edge and overlaps nothing, as the graph grows, and laid out again', () => {
    fc.assert(
      fc.property(labelled, fc.nat(), ({ nodes, extentOf }, cut) => {
        const layout = new IncrementalLayout(extentOf);
        layout.update(nodes.slice(0, cut % nodes.length));
        layout.update(nodes);
        expect(collisions(layout)).toEqual([]);
        const placed = nodes.map((one) => ({ ...one, extent: extentOf(one) }));
        layout.adopt(nodes, tidyLayout(placed, layout.room));
        expect(collisions(layout)).toEqual([]);
      }),
      { numRuns: soak(1200, 60) },
    );
  });

  it('is crossed by no edge where some nodes went', () => {
    fc.assert(
      fc.property(labelled, fc.nat(), ({ nodes, extentOf }, cut) => {
        const layout = new IncrementalLayout(extentOf);
        layout.update(nodes);
        layout.update(nodes.slice(0, cut % nodes.length));
        layout.update(nodes);
        expect(collisions(layout)).toEqual([]);
      }),
      { numRuns: soak(1200, 60) },
    );
  });
});

/** Pairs of boxes that overlap, and edges that cross the box of a node where they neither begin nor end. */
function collisions(layout: IncrementalLayout): string[] {
  const boxes = [...layout.places].map(([id, place]) => ({ id, ...boxOf(place, layout.orientation) }));
  const overlap = (one: Box, other: Box): boolean =>
    one.x1 < other.x2 && other.x1 < one.x2 && one.y1 < other.y2 && other.y1 < one.y2;
  const found = boxes.flatMap((one, i) =>
    boxes.slice(i + 1).flatMap((other) => (overlap(one, other) ? [`${one.id} on ${other.id}`] : [])),
  );
  for (const [edge, { source, target, via }] of layout.routes) {
    const points = [layout.places.get(source), ...via, layout.places.get(target)].flatMap((point) => point ?? []);
    points.slice(1).forEach((to, i) => {
      const from = points[i] ?? to;
      const piece = {
        x1: Math.min(from.x, to.x),
        x2: Math.max(from.x, to.x),
        y1: Math.min(from.y, to.y),
        y2: Math.max(from.y, to.y),
      };
      // Lines have a width of two pixels or so.
      const line = { x1: piece.x1 - 1, x2: piece.x2 + 1, y1: piece.y1 - 1, y2: piece.y2 + 1 };
      const crossed = boxes.filter(({ id, ...box }) => id !== source && id !== target && overlap(line, box));
      found.push(...crossed.map(({ id }) => `${edge} through ${id}`));
    });
  }
  return found;
}
