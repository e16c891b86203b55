import { describe, expect, it } from 'vitest';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { ProvenanceStore } from '../../../views/src/model/store';
import { summarise } from '../../../views/src/model/summary';
import { timeBars } from '../../../views/src/graph/times';
import { fixture } from '../../panel/fixture';

function storeAt(progress: number): ProvenanceStore {
  const store = new ProvenanceStore();
  store.noteClock(Date.now());
  store.replace(fixture({ progress, nowMs: Date.now() }));
  return store;
}

describe('summarise', () => {
  it('says nothing before the first run', () => {
    expect(summarise(storeAt(0))).toBeNull();
  });

  it('gives the items of the running sink, its length, its rate and what is left', () => {
    const summary = summarise(storeAt(0.5));
    expect(summary).toMatchObject({
      label: 'Train',
      state: 'running',
      items: 156,
      length: { kind: 'exact', items: 312 },
    });
    expect(summary?.progress).toBeCloseTo(0.5);
    expect(summary?.perSecond).toBeCloseTo(14.9, 0);
    expect((summary?.remainingMs ?? 0) / 1000).toBeCloseTo(10.5, 0);
  });

  it('shows a run whose kernel is gone as interrupted, with the time that was heard last', () => {
    const store = storeAt(0.5);
    store.markStale();
    expect(summarise(store)).toMatchObject({ state: 'aborted' });
    expect(summarise(store)?.elapsedMs).toBeCloseTo(10_500, -3);
    // Neither the run, where it can be chosen, nor any step runs on.
    expect([...store.runs.values()].map((run) => store.stateOf(run))).not.toContain('running');
    expect([...store.processes.values()].map(({ execution }) => execution.state)).not.toContain('running');
  });

  it('tells what was read from what came out', () => {
    const summary = summarise(storeAt(0.5));
    expect(summary?.read).toBeGreaterThan(summary?.items ?? Infinity);
  });
});

describe('timeBars', () => {
  it('adds up the members of a group and shares the whole among all', () => {
    const store = storeAt(1);
    const graph = new GraphModel(store);
    graph.refresh();
    const bars = timeBars(graph.nodes, store);
    expect(bars[0]).toMatchObject({ label: 'Load class 0…9', count: 10 });
    expect(bars[0]?.totalMs).toBeCloseTo(9);
    expect(bars.reduce((sum, bar) => sum + (bar.share ?? 0), 0)).toBeCloseTo(1);
  });
});

describe('GraphModel', () => {
  it('rebuilds the graph only when nodes come or go', () => {
    const store = storeAt(0.2);
    const graph = new GraphModel(store);
    graph.refresh();
    const { nodes } = graph;
    store.apply({ processes: fixture({ progress: 0.4 }).processes, artifacts: [], runs: [], cells: null, removed: [] });
    graph.refresh();
    expect(graph.nodes).toBe(nodes);
  });

  it('opens a group together with those it is joined to', () => {
    const store = storeAt(0.2);
    const graph = new GraphModel(store);
    graph.refresh();
    expect(graph.nodes).toHaveLength(23);
    graph.toggle('group:p0');
    expect(graph.nodes).toHaveLength(59);
    graph.toggle('group:a10');
    expect(graph.nodes).toHaveLength(23);
  });

  it('keeps its columns when a group opens in lines, and puts all back where it stood when it closes', () => {
    const graph = new GraphModel(storeAt(0.2));
    graph.refresh();
    const places = new Map([...graph.layout.places].map(([id, place]) => [id, { ...place }]));
    graph.toggle('group:p0');
    for (const [id, place] of graph.layout.places) {
      if (places.has(id)) expect(place.x).toBe(places.get(id)?.x);
    }
    const members = graph.frames.flat().flatMap((id) => graph.layout.places.get(id) ?? []);
    expect(members).toHaveLength(40);
    const wide = Math.max(...members.map(({ x }) => x)) - Math.min(...members.map(({ x }) => x));
    const high = Math.max(...members.map(({ y }) => y)) - Math.min(...members.map(({ y }) => y));
    expect(wide / high).toBeGreaterThan(0.5);
    expect(wide / high).toBeLessThan(2);
    graph.toggle('group:p0');
    expect(graph.frames).toEqual([]);
    expect(new Map(graph.layout.places)).toEqual(places);
  });
});
