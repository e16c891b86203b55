import { describe, expect, it } from 'vitest';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { type Process, toMermaid } from 'stemma-document';
import { toPicture, type Ink } from '../../../views/src/graph/svg';
import { shades } from '../../../views/src/graph/heat';
import { ProvenanceStore } from '../../../views/src/model/store';
import { SIZE } from '../../../views/src/graph/layout';
import { textWidth } from '../../../views/src/graph/text-width';
import { fixture } from '../../panel/fixture';

const grey = '#777';
const INK: Ink = {
  background: '#fff',
  surface: '#eee',
  text: '#111',
  muted: grey,
  faint: grey,
  border: grey,
  state: { new: grey, running: grey, complete: grey, stopped: grey, failed: grey, aborted: grey },
  shades: ['#000', '#001', '#002', '#003', '#004', '#005'],
  font: 'sans-serif',
};

function toSvg(...args: Parameters<typeof toPicture>): string {
  const picture = toPicture(...args);
  return picture.toSvg(picture);
}

function graphOf(progress: number, label?: string): { store: ProvenanceStore; graph: GraphModel } {
  const store = new ProvenanceStore();
  const document = fixture({ progress });
  const processes = document.processes.map((one) => (one.kind === 'shuffle' && label ? { ...one, label } : one));
  store.replace({ ...document, processes });
  const graph = new GraphModel(store);
  graph.refresh();
  return { store, graph };
}

describe('toSvg', () => {
  it('draws each step, where it is placed', () => {
    const { store, graph } = graphOf(0.5);
    const svg = toSvg(graph.nodes, graph.layout, store, INK);
    for (const label of ['Load class 0…9  ×10', 'Decode image', 'Train']) expect(svg).toContain(`>${label}</text>`);
    expect(svg.match(/<path d="M/g)?.length).toBeGreaterThanOrEqual(graph.layout.routes.size);
  });

  it('holds no markup of the data', () => {
    const { store, graph } = graphOf(0.5, `<script>x</script>"'&\u0000\u202e`);
    const svg = toSvg(graph.nodes, graph.layout, store, INK);
    expect(svg).toContain('&#60;script&#62;');
    expect(svg).not.toMatch(/<script|\u0000|\u202e/);
  });
});

describe('labels and losses in a picture', () => {
  it('writes a long label in two lines, in a box that holds them', () => {
    const { store, graph } = graphOf(0.5, 'Shuffle everything that has been loaded until now once more together');
    const svg = toSvg(graph.nodes, graph.layout, store, INK);
    expect(svg).toContain('>Shuffle everything that has been</text>');
    expect(svg).toContain('>loaded until now once more together</text>');
    expect(svg).toContain('width="260"');
  });

  it('says how many items a step left out, and has wider lines for more items', () => {
    const { store, graph } = graphOf(1);
    const svg = toSvg(graph.nodes, graph.layout, store, INK);
    expect([...svg.matchAll(/>(−[\d,]+)</g)].map(([, text]) => text)).toEqual(['−5', '−12']);
    expect(
      new Set([...svg.matchAll(/stroke-width="([\d.]+)" stroke-linejoin/g)].map(([, width]) => width)).size,
    ).toBeGreaterThan(2);
  });
});

describe('a part of a picture', () => {
  it('has what is in it, and together the parts have all', () => {
    const { store, graph } = graphOf(0.5);
    const picture = toPicture(graph.nodes, graph.layout, store, INK);
    const shapes = (svg: string): string[] => svg.match(/<(path|text) .*?(\/>|<\/text>)/g) ?? [];
    const all = shapes(picture.toSvg(picture));
    const height = picture.height / 4;
    const parts = [0, 1, 2, 3].map((i) => shapes(picture.toSvg({ ...picture, y: picture.y + i * height, height })));
    expect(new Set(parts.flat())).toEqual(new Set(all));
    for (const part of parts) expect(part.length).toBeLessThan(all.length / 2);
  });

  it('is as large as wanted', () => {
    const { store, graph } = graphOf(0.5);
    const picture = toPicture(graph.nodes, graph.layout, store, INK);
    expect(picture.toSvg({ x: 1, y: 2, width: 30, height: 40 }, 2)).toContain(
      'width="60" height="80" viewBox="1 2 30 40"',
    );
  });
});

describe('toSvg of a graph that flows to the right', () => {
  /** Four maps of one stream, so that two rows lie above the first. */
  function wide(): { store: ProvenanceStore; graph: GraphModel } {
    const { store, graph } = graphOf(0.5);
    const map = store.processes.get('p21') as Process;
    const branches = ['Red', 'Green', 'Blue', 'Grey'].map((label) => ({ ...map, id: label, label, outputs: [] }));
    store.apply({ processes: branches, artifacts: [], runs: [], cells: null, removed: [] });
    graph.orientation = 'right';
    graph.refresh();
    return { store, graph };
  }

  it('cuts nothing off', () => {
    const { store, graph } = wide();
    const [, , y = 0, , height = 0] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/
      .exec(toSvg(graph.nodes, graph.layout, store, INK))!
      .map(Number);
    const heights = [...graph.layout.places.values()].map((place) => place.y);
    expect(new Set(heights).size).toBeGreaterThan(3);
    expect(y).toBeLessThan(Math.min(...heights) - SIZE.processHeight / 2);
    expect(y + height).toBeGreaterThan(Math.max(...heights) + SIZE.processHeight / 2);
  });

  it('lets no text of a stream run into what takes it', () => {
    const { store, graph } = wide();
    const texts = [...toSvg(graph.nodes, graph.layout, store, INK).matchAll(/font-size="11.5" fill[^>]*>([^<]*)</g)];
    expect(texts.length).toBeGreaterThan(5);
    for (const [, text = ''] of texts) expect(textWidth(text, 11.5)).toBeLessThanOrEqual(SIZE.artifactText);
    expect(texts.some(([, text]) => text?.endsWith('…'))).toBe(true);
  });

  it('is coloured as the graph is', () => {
    const { store, graph } = wide();
    const svg = toSvg(graph.nodes, graph.layout, store, INK, shades(graph.nodes, store, 'time'));
    expect(svg).toContain('fill="#005"');
  });
});

describe('toMermaid', () => {
  it('is a flowchart with all nodes and edges', () => {
    const { store, graph } = graphOf(1);
    const lines = toMermaid(graph.nodes, store).trimEnd().split('\n');
    expect(lines[0]).toBe('flowchart TD');
    const edges = graph.nodes.reduce((sum, node) => sum + node.parents.length, 0);
    expect(lines).toHaveLength(1 + graph.nodes.length + edges);
    expect(lines.filter((line) => line.includes('-.->'))).toHaveLength(1);
  });

  it('escapes what Mermaid would read as its own', () => {
    const { store, graph } = graphOf(1, 'a"] --> b{{x}} <b> #1;');
    expect(toMermaid(graph.nodes, store)).toContain('["a#34;] --#62; b{{x}} #60;b#62; #35;1;"]');
  });
});

describe('the flow of the graph', () => {
  it('goes down or to the right, and nothing overlaps either way', () => {
    const { graph } = graphOf(1);
    for (const orientation of ['down', 'right'] as const) {
      graph.orientation = orientation;
      const places = graph.nodes.flatMap((node) => graph.layout.places.get(node.id) ?? []);
      for (const node of graph.nodes)
        for (const parent of node.parents) {
          const [from, to] = [graph.layout.places.get(parent)!, graph.layout.places.get(node.id)!];
          expect(orientation === 'down' ? to.y - from.y : to.x - from.x).toBeGreaterThan(0);
        }
      expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(places.length);
    }
  });
});

describe('shades', () => {
  it('are strongest where most of the time goes, and absent while states colour the graph', () => {
    const { store, graph } = graphOf(0.5);
    expect(shades(graph.nodes, store, 'state').size).toBe(0);
    const byTime = shades(graph.nodes, store, 'time');
    const slowest = [...byTime].filter(([, shade]) => shade === 5).map(([id]) => store.processes.get(id)?.label);
    expect(slowest).toEqual(['Decode image']);
    const byProblems = shades(graph.nodes, store, 'problems');
    expect([...byProblems.values()].filter((shade) => shade > 0)).toHaveLength(1);
  });
});
