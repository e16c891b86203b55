import { describe, expect, it } from 'vitest';
import {
  describeNode,
  endsOf,
  groupNodes,
  labelPattern,
  mergeStates,
  type Process,
  seriesLabel,
  shortSchema,
  visibleGraph,
} from 'stemma-document';
import { ProvenanceStore } from '../../../views/src/model/store';
import { fixture } from '../../panel/fixture';

function drawn(store: ProvenanceStore, open = new Set<string>(), previous?: Map<string, string>): string[] {
  return groupNodes(visibleGraph(store, false), store, open, previous && { previous }).drawn.map((node) => {
    const face = describeNode(node, store);
    return `${node.type[0]} ${face?.label}${node.members.length > 1 ? ` ×${node.members.length}` : ''}`;
  });
}

function storeOf(options: Parameters<typeof fixture>[0]): ProvenanceStore {
  const store = new ProvenanceStore();
  store.replace(fixture(options));
  return store;
}

describe('group', () => {
  it('draws ten parallel sources and their labels as one each', () => {
    expect(drawn(storeOf({ progress: 0 })).slice(0, 6)).toEqual([
      'p Load class 0…9 ×10',
      'a Load class 0…9 ×10',
      'p Add label ×10',
      'a Add label ×10',
      'p concat',
      'a concat',
    ]);
  });

  it('draws the members of an open group one by one', () => {
    const store = storeOf({ progress: 0, count: 10 });
    expect(drawn(store, new Set(['group:p0', 'group:a0']))).toHaveLength(20);
  });

  it('groups what one call made of folders named by words as it groups numbered ones', () => {
    const words = ['cat', 'dog', 'horse', 'sheep', 'cow', 'hen', 'duck', 'goat', 'pig', 'bee'];
    const renamed = (positioned: boolean): ProvenanceStore => {
      const document = fixture({ progress: 0 });
      const processes = document.processes.map((process): Process => {
        const at = Number(/^p(\d)$/.exec(process.id)?.[1] ?? NaN);
        const position = positioned ? { line: 1, column: 2 } : null;
        const word = words[at];
        return word === undefined
          ? process
          : {
              ...process,
              label: `Load class ${word}`,
              options: { ...process.options, path: `data/${word}` },
              position,
            };
      });
      const store = new ProvenanceStore();
      store.replace({ ...document, processes });
      return store;
    };
    const steps = (positioned: boolean) => drawn(renamed(positioned)).filter((text) => text.startsWith('p'));
    expect(steps(true).slice(0, 3)).toEqual(['p Load class cat…bee ×10', 'p Add label ×10', 'p concat']);
    expect(steps(false).slice(0, 2)).toEqual(['p Load class cat', 'p Load class dog']);
  });

  it('leaves a source that is used otherwise out of the group, which stays itself', () => {
    const store = storeOf({ progress: 0 });
    const before = groupNodes(visibleGraph(store, false), store, new Set()).groups;
    const extra: Process = {
      ...(store.processes.get('p29') as Process),
      id: 'p30',
      label: 'Peek',
      inputs: ['a0'],
      cell: null,
    };
    store.apply({ processes: [extra], artifacts: [], runs: [], cells: null, removed: [] });
    const after = groupNodes(visibleGraph(store, false), store, new Set(), { previous: before });
    expect(after.drawn.find((node) => node.id === 'group:p0')?.members).toHaveLength(9);
    expect(after.drawn.some((node) => node.id === 'p0')).toBe(true);
  });

  /**
   * Four steps alike, one after the other, as a loop makes them; the streams that `branches` name are taken a second
   * time.
   */
  function chainStore(branches: string[] = []): ProvenanceStore {
    const store = new ProvenanceStore();
    const document = fixture({ progress: 0.5, count: 1 });
    const [process, artifact] = [document.processes[0], document.artifacts[0]];
    if (!process || !artifact) throw new Error('empty fixture');
    const step = (id: string, inputs: string[], label: string) => ({
      ...process,
      id,
      label,
      inputs,
      outputs: [`a${id}`],
    });
    const steps = [0, 1, 2, 3].map((i) => step(`p${i}`, i === 0 ? [] : [`ap${i - 1}`], `Blur ${i}`));
    const more = branches.map((input) => step(`of-${input}`, [input], 'Other'));
    document.processes = [...steps, ...more].map((one, i) => ({
      ...one,
      execution: { ...one.execution, itemsIn: 10 - i, itemsOut: 9 - i },
    }));
    document.artifacts = document.processes.map(({ id }) => ({ ...artifact, id: `a${id}`, producer: id }));
    store.replace(document);
    return store;
  }

  it('draws a chain of steps alike as one, with what goes in at its beginning and out at its end', () => {
    const store = chainStore();
    expect(drawn(store)).toEqual(['p Blur 0…3 ×7', 'a Load class 0']);
    const [node] = groupNodes(visibleGraph(store, false), store, new Set()).drawn;
    const { first, last } = endsOf(node!, store);
    expect([first.map(({ id }) => id), last.map(({ id }) => id)]).toEqual([['p0'], ['p3']]);
    expect(describeNode(node!, store)?.count).toBe(4);
  });

  it('does not group a chain over a stream that something else takes, too', () => {
    expect(drawn(chainStore(['ap1'])).filter((text) => text.startsWith('p Blur'))).toHaveLength(4);
  });

  it('draws each cell as one node, where that is wanted', () => {
    const store = storeOf({ progress: 0.5 });
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set(), { cells: true });
    const labels = nodes.filter(({ type }) => type === 'process').map((node) => describeNode(node, store)?.label);
    const cells = new Set([...store.processes.values()].map(({ cell }) => cell?.executionCount));
    expect(labels).toHaveLength(cells.size);
    expect(labels[0]).toMatch(/^\[\d+\] … /);
    for (const node of nodes) expect(node.parents).not.toContain(node.id);
  });

  it('lets no stream lead back into the cell that made it', () => {
    const store = storeOf({ progress: 0.5 });
    const [scaled, value] = ['Scale', 'Normalization'].map(
      (label) => [...store.processes.values()].find((process) => process.label.startsWith(label)) as Process,
    );
    const processes = [{ ...(value as Process), cell: (scaled as Process).cell }];
    store.apply({ processes, artifacts: [], runs: [], cells: null, removed: [] });
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set(), { cells: true });
    const byId = new Map(nodes.map((node) => [node.id, node]));
    for (const { id, parents } of nodes) {
      for (const parent of parents) expect(byId.get(parent)?.parents).not.toContain(id);
    }
    expect(nodes.some(({ members }) => members.includes(scaled!.id) && members.includes(value!.id))).toBe(true);
  });

  it('names a cell by the heading above it, and draws the streams between two cells as one', () => {
    const store = storeOf({ progress: 0.5 });
    store.cellTitle = () => 'Read and check';
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set(), { cells: true });
    expect(describeNode(nodes[0]!, store)?.label).toBe('[1] Read and check');
    const [first, streams] = nodes;
    expect(streams).toMatchObject({ type: 'artifact', parents: [first?.id] });
    expect(streams?.members).toHaveLength(10);
  });

  it('keeps the parents of its members, once each', () => {
    const store = storeOf({ progress: 0 });
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set());
    expect(nodes.find((node) => node.id === 'group:p10')?.parents).toEqual(['group:a0']);
    expect(nodes.find((node) => node.id === 'p20')?.parents).toEqual(['group:a10']);
  });
});

describe('what a group comes from', () => {
  /** A source, maps alike, and two streams of weights alike; `takes` and `uses` are what the maps take and use. */
  function storeWith(maps: { takes: string; uses: string[] }[]): ProvenanceStore {
    const store = new ProvenanceStore();
    const document = fixture({ progress: 0, count: 1 });
    const [process, artifact] = [document.processes[0] as Process, document.artifacts[0]];
    if (!artifact) throw new Error('empty fixture');
    const add = (id: string, label: string, inputs: string[] = [], uses: string[] = []) => ({
      ...process,
      id,
      label,
      inputs,
      uses,
      outputs: [`a${id}`],
    });
    document.processes = [
      add('s', 'Source'),
      ...maps.map(({ takes, uses }, i) => add(`m${i}`, `Map ${i}`, [takes], uses)),
      add('v', 'Weights 1'),
      add('w', 'Weights 2'),
    ];
    document.artifacts = document.processes.map(({ id }) => ({ ...artifact, id: `a${id}`, producer: id }));
    store.replace(document);
    return store;
  }

  it('is used, not taken, where its later members use it', () => {
    const store = storeWith(['av', 'aw', 'av', 'aw'].map((value) => ({ takes: 'as', uses: [value] })));
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set());
    const maps = nodes.find((node) => node.members.includes('m0'));
    expect(maps?.members).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(maps?.parents).toEqual(['as', 'av', 'aw']);
    expect(maps?.uses).toEqual(['av', 'aw']);
  });

  it('stands before it, also where only a later member comes from it', () => {
    const store = storeWith(['av', 'aw', 'av', 'aw'].map((takes) => ({ takes, uses: [] })));
    const { drawn: nodes } = groupNodes(visibleGraph(store, false), store, new Set());
    const maps = nodes.findIndex((node) => node.members.includes('m2'));
    expect(nodes[maps]?.parents).toEqual(['av', 'aw']);
    expect(nodes.findIndex((node) => node.id === 'aw')).toBeLessThan(maps);
  });
});

describe('visibleGraph', () => {
  it('hides what is superseded, unless something live depends on it', () => {
    const store = new ProvenanceStore();
    const document = fixture({ progress: 0 });
    for (const process of document.processes) {
      process.superseded = process.id !== 'p22';
    }
    store.replace(document);
    const ids = visibleGraph(store, false).map((node) => node.id);
    expect(ids).toContain('p21');
    expect(ids).toContain('a22');
    expect(ids).not.toContain('p23');
    expect(visibleGraph(store, true)).toHaveLength(59);
  });

  it('lists parents before children, for a chain of five thousand too', () => {
    const document = fixture({ progress: 0, count: 1 });
    const process = document.processes[0] as Process;
    const artifact = document.artifacts[0];
    if (!artifact) throw new Error('empty fixture');
    document.processes = Array.from({ length: 5000 }, (_, i) => ({
      ...process,
      id: `p${i}`,
      inputs: i === 0 ? [] : [`a${i - 1}`],
      outputs: [`a${i}`],
    })).reverse();
    document.artifacts = document.processes.map((one) => ({
      ...artifact,
      id: `a${one.id.slice(1)}`,
      producer: one.id,
    }));
    const store = new ProvenanceStore();
    store.replace(document);
    const seen = new Set<string>();
    for (const node of visibleGraph(store, false)) {
      expect(node.parents.every((parent) => seen.has(parent))).toBe(true);
      seen.add(node.id);
    }
    expect(seen.size).toBe(10_000);
  });
});

describe('labels', () => {
  it('agree when only numbers differ', () => {
    expect(labelPattern('Load class 7')).toBe(labelPattern('Load class 10'));
    expect(labelPattern('Load train')).not.toBe(labelPattern('Load test'));
  });

  it('of a series name its range', () => {
    expect(seriesLabel(['Load class 0', 'Load class 1', 'Load class 10'])).toBe('Load class 0…10');
    expect(seriesLabel(['Add label', 'Add label'])).toBe('Add label');
    expect(seriesLabel(['0.png of 3', '1.png of 4'])).toBe('0.png of 3 …');
  });

  it('shorten a schema to its top level', () => {
    expect(shortSchema("{image: [[3,224,224],'float32'], label: 'int'}")).toBe('{image, label}');
    expect(shortSchema("{file: {path: 'str', size: 'int'}, label: 'int'}")).toBe('{file, label}');
    expect(shortSchema("'int'")).toBe('int');
    expect(shortSchema("[[3,224,224],'float32']")).toBe('[[3,224,224],float32]');
    expect(shortSchema(null)).toBe('');
    expect(shortSchema("list(2, {image: [[1,28,28],'float32'], label: 'int'})")).toBe('pair');
    expect(shortSchema("list(60, {image: [[1,28,28],'float32'], label: 'int'})")).toBe('list of 60');
    expect(shortSchema("list(2, 'int')")).toBe('list(2, int)');
  });

  it('show the state that most needs attention', () => {
    expect(mergeStates(['complete', 'running', 'failed'])).toBe('failed');
    expect(mergeStates(['complete', 'running', 'new'])).toBe('running');
    expect(mergeStates(['complete', 'complete'])).toBe('complete');
    expect(mergeStates(['complete', 'new'])).toBe('new');
    expect(mergeStates([])).toBe('new');
  });
});
