import { describe, expect, it } from 'vitest';
import { mirror } from '../../../views/src/model/mirror';
import { ProvenanceStore } from '../../../views/src/model/store';
import { summarise } from '../../../views/src/model/summary';
import { fixture } from '../../panel/fixture';

function setUp(ids: string[] | null) {
  const [from, to] = [new ProvenanceStore(), new ProvenanceStore()];
  from.setConnection({ state: 'live' });
  from.noteClock(Date.now());
  from.replace(fixture({ progress: 0.2 }));
  return { from, to, stop: mirror(from, to, ids && new Set(ids)) };
}

const PART = ['p0', 'a0', 'p10', 'a10'];

describe('mirror', () => {
  it('copies its part of the graph, and the runs through it', () => {
    const { to } = setUp(PART);
    expect([...to.processes.keys()]).toEqual(['p0', 'p10']);
    expect([...to.artifacts.keys()]).toEqual(['a0', 'a10']);
    expect([...to.runs.keys()]).toEqual(['r1']);
    expect(to.connection.state).toBe('live');
  });

  it('summarises a run whose sink is elsewhere by what comes out of its part', () => {
    const { from, to } = setUp(PART);
    expect(summarise(to)?.items).toBe(from.artifacts.get('a10')?.execution.currentItems);
    expect(summarise(to)?.label).toBe('Add label');
  });

  it('follows patches and samples of its part only', () => {
    const { from, to } = setUp(PART);
    const later = fixture({ progress: 0.6 });
    from.apply({ processes: later.processes, artifacts: later.artifacts, runs: later.runs, cells: null, removed: [] });
    expect(to.processes.size).toBe(2);
    expect(to.processes.get('p10')).toEqual(from.processes.get('p10'));
    from.setSamples('a10', []);
    from.setSamples('a11', []);
    expect([...to.samples.keys()]).toEqual(['a10']);
  });

  it('shows all that comes, where it is a mirror of all', () => {
    const { from, to } = setUp(null);
    expect(to.processes.size).toBe(from.processes.size);
  });

  it('keeps its picture when another session begins, and when it has ended', () => {
    const { from, to, stop } = setUp(PART);
    from.replace(fixture({ progress: 0.1, session: 'other' }));
    expect(to.session?.id).toBe('s1');
    stop();
    stop();
    from.clear();
    expect(to.processes.size).toBe(2);
    expect(from.changed.size).toBe(0);
  });

  it('greys its picture when the kernel is gone', () => {
    const { from, to } = setUp(PART);
    from.markStale();
    expect(to.isStale).toBe(true);
  });

  it('copies nothing any more once the greying of its source has ended it, as it ends that of an output', () => {
    const [from, to] = [new ProvenanceStore(), new ProvenanceStore()];
    from.setConnection({ state: 'live' });
    from.replace(fixture({ progress: 0.2 }));
    from.changed.on(() => {
      if (from.isStale) {
        stop();
        to.setConnection({ state: 'saved' });
      }
    });
    const stop = mirror(from, to, null);
    from.markStale();
    expect(to.connection.state).toBe('saved');
    expect(to.isStale).toBe(false);
  });
});
