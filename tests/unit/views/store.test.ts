import { describe, expect, it } from 'vitest';
import { ProvenanceStore, type StoreChange } from '../../../views/src/model/store';
import { fixture } from '../../panel/fixture';

function filled(): { store: ProvenanceStore; changes: StoreChange[] } {
  const store = new ProvenanceStore();
  store.replace(fixture({ progress: 0.5 }));
  const changes: StoreChange[] = [];
  store.changed.on((change) => changes.push(change));
  return { store, changes };
}

const EMPTY = { processes: [], artifacts: [], runs: [], cells: null, removed: [] };

describe('ProvenanceStore', () => {
  it('holds what a snapshot brings', () => {
    const { store } = filled();
    expect(store.processes.size).toBe(30);
    expect(store.artifacts.size).toBe(29);
    expect(store.session?.id).toBe('s1');
  });

  it('replaces whole objects by id, so that a patch applied twice does no harm', () => {
    const { store } = filled();
    const later = fixture({ progress: 0.7 });
    const patch = { ...EMPTY, processes: later.processes, artifacts: later.artifacts, runs: later.runs };
    store.apply(patch);
    const once = JSON.stringify([...store.processes.values()]);
    store.apply(patch);
    expect(JSON.stringify([...store.processes.values()])).toBe(once);
    expect(store.processes.get('p29')?.execution.itemsIn).toBe(218);
  });

  it('learns of packages that were loaded since', () => {
    const { store } = filled();
    const { session, environment, dropped } = fixture({ progress: 0.7 });
    store.apply({
      ...EMPTY,
      frame: { session, dropped, environment: { ...environment, packages: { sharp: '0.34.4' } } },
    });
    expect(store.environment?.packages).toEqual({ sharp: '0.34.4' });
  });

  it('reports new topology only when nodes come, go or are superseded', () => {
    const { store, changes } = filled();
    const [first] = fixture({ progress: 0.6 }).processes;
    store.apply({ ...EMPTY, processes: first ? [first] : [] });
    expect(changes.at(-1)?.topology).toBe(false);
    store.apply({ ...EMPTY, processes: first ? [{ ...first, superseded: true }] : [] });
    expect(changes.at(-1)?.topology).toBe(true);
    store.apply({ ...EMPTY, removed: ['p0'] });
    expect(changes.at(-1)?.topology).toBe(true);
    expect(store.processes.has('p0')).toBe(false);
  });

  it('keeps the samples of the same session and drops those of another', () => {
    const { store } = filled();
    store.setSamples('a3', [{ index: 0, run: 'r1', origins: [], omittedOrigins: 0, value: { type: 'null' } }]);
    store.replace(fixture({ progress: 0.6 }));
    expect(store.samples.get('a3')).toHaveLength(1);
    store.replace(fixture({ progress: 0.1, session: 's2' }));
    expect(store.samples.size).toBe(0);
  });

  it('keeps the previous run grey after a restart, until something is recorded again', () => {
    const { store } = filled();
    store.markStale();
    store.replace(null);
    expect(store.isStale).toBe(true);
    expect(store.processes.size).toBe(30);
    store.replace(fixture({ progress: 0, count: 3, session: 's2' }));
    expect(store.isStale).toBe(false);
    expect(store.processes.size).toBe(3);
  });

  it('is emptied by an empty document of a live kernel', () => {
    const { store } = filled();
    store.replace(null);
    expect(store.isEmpty).toBe(true);
  });

  it('uses the kernel’s clock, not the page’s', () => {
    const store = new ProvenanceStore();
    store.noteClock(Date.now() - 60_000);
    expect(Date.now() - store.nowMs()).toBeGreaterThan(59_000);
  });
});
