import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyLayout, type TidyNode } from '../../../views/src/graph/tidy';
import { crossings, uncross, type Rows } from '../../../views/src/graph/tidy-order';
import { tidyRanks } from '../../../views/src/graph/tidy-ranks';
import { IncrementalLayout, SIZE } from '../../../views/src/graph/layout';
import { graphs, node } from './drawn-graphs';
import { soak } from '../../support/soak';

const ROOM = { column: 188, lane: 20 };

function tidied(nodes: readonly TidyNode[]): { [id: string]: { rank: number; across: number } } {
  return Object.fromEntries(tidyLayout(nodes, ROOM).nodes.map(([id, rank, across]) => [id, { rank, across }]));
}

/** Rows of points, joined by these edges between neighbouring rows. */
function rowsOf(rows: number[][], edges: [number, number][]): Rows {
  const points = rows.flat().map((): number[] => []);
  const graph: Rows = { rows, above: points.map(() => []), below: points.map(() => []) };
  for (const [from, to] of edges) {
    graph.below[from]?.push(to);
    graph.above[to]?.push(from);
  }
  return graph;
}

describe('tidyRanks', () => {
  it('puts each node below its parents, and a source that joins late just above who takes it', () => {
    // 0 → 1 → 2 → 3 → 4, and 5 → 6 → 4
    expect(tidyRanks([[], [0], [1], [2], [], [4], [3, 5]])).toEqual([0, 1, 2, 3, 2, 3, 4]);
  });

  it('keeps the members of an open group in their lines', () => {
    // Three sources, two in the first line and one in the second, all taken by 3.
    expect(tidyRanks([[], [], [], [0, 1, 2]], [0, 0, 2, undefined])).toEqual([0, 0, 2, 3]);
  });

  it('leaves a branch of what others take, too, where its parents are', () => {
    expect(tidyRanks([[], [0], [0], [2], [3, 1]])).toEqual([0, 1, 1, 2, 3]);
  });
});

describe('uncross', () => {
  it('counts the pairs of edges that cross', () => {
    expect(
      crossings(
        rowsOf(
          [
            [0, 1],
            [2, 3],
          ],
          [
            [0, 3],
            [1, 2],
          ],
        ),
      ),
    ).toBe(1);
    expect(
      crossings(
        rowsOf(
          [
            [0, 1],
            [2, 3],
          ],
          [
            [0, 2],
            [0, 3],
            [1, 2],
            [1, 3],
          ],
        ),
      ),
    ).toBe(1);
    expect(
      crossings(
        rowsOf(
          [[0], [1, 2]],
          [
            [0, 1],
            [0, 2],
          ],
        ),
      ),
    ).toBe(0);
  });

  it('orders rows so that nothing crosses, where that can be', () => {
    const graph = rowsOf(
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7],
      ],
      [
        [0, 5],
        [1, 4],
        [2, 3],
        [3, 7],
        [5, 6],
      ],
    );
    expect(crossings(graph)).toBeGreaterThan(0);
    expect(crossings({ ...graph, rows: uncross(graph) })).toBe(0);
  });
});

describe('tidyLayout', () => {
  it('puts a chain into one column', () => {
    const places = tidied([node('p0'), node('a0', ['p0']), node('p1', ['a0'])]);
    expect(Object.values(places)).toEqual([0, 1, 2].map((rank) => ({ rank, across: 0 })));
  });

  it('puts what comes of one stream side by side, the first right below it', () => {
    const places = tidied([node('p0'), node('a0', ['p0']), node('p1', ['a0']), node('p2', ['a0'])]);
    expect([places['p1']?.across, places['p2']?.across]).toEqual([0, 188]);
  });

  it('never lets two nodes overlap, and leads every edge downwards', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const places = tidied(nodes);
        const all = Object.values(places);
        for (const [i, one] of all.entries()) {
          for (const other of all.slice(i + 1)) {
            expect(one.rank !== other.rank || Math.abs(one.across - other.across) >= ROOM.column).toBe(true);
          }
        }
        for (const { id, parents } of nodes) {
          for (const parent of parents) expect(places[parent]?.rank).toBeLessThan(places[id]?.rank ?? 0);
        }
      }),
      { numRuns: soak(1200, 60) },
    );
  });

  it('survives a circle, which a graph grouped by cells may be', () => {
    expect(
      Object.keys(tidied([node('p0', ['a1']), node('a0', ['p0']), node('p1', ['a0']), node('a1', ['p1'])])),
    ).toHaveLength(4);
  });

  it('lays out six thousand nodes without overlaps', () => {
    const nodes = Array.from({ length: 3000 }, (_, i) => [
      node(
        `p${i}`,
        i === 0 ? [] : [...new Set([`a${Math.floor(i / 2)}`, `a${Math.max(0, i - 5)}`])].filter((id) => id !== `a${i}`),
      ),
      node(`a${i}`, [`p${i}`]),
    ]).flat();
    const places = Object.values(tidied(nodes));
    expect(new Set(places.map(({ rank, across }) => `${rank},${across}`)).size).toBe(6000);
  });
});

describe('a layout that adopts it', () => {
  const nodes = [node('p0'), node('a0', ['p0']), node('p1', ['a0']), node('a1', ['p1']), node('p2', ['a0', 'a1'])];

  it('stands as it says, with lanes beside the nodes', () => {
    const layout = new IncrementalLayout();
    layout.update(nodes);
    layout.adopt(nodes, tidyLayout(nodes, layout.room));
    const places = tidied(nodes);
    for (const [id, { rank, x }] of layout.places) expect({ rank, across: x }).toEqual(places[id]);
    const lane = layout.routes.get('a0→p2')?.via.at(-1)?.x ?? 0;
    expect(Math.abs(lane - (layout.places.get('p1')?.x ?? 0))).toBeGreaterThan(SIZE.processWidth / 2);
  });

  it('finds places for nodes that came meanwhile, and has none for those that went', () => {
    const layout = new IncrementalLayout();
    const { room } = layout;
    const later = [...nodes.slice(0, 2), node('p3', ['a0'])];
    layout.adopt(later, tidyLayout(nodes, room));
    expect([...layout.places.keys()]).toEqual(['p0', 'a0', 'p3']);
  });
});
