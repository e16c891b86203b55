import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument } from '../../../lib/src';
import { canonicalHash, describeNode } from 'stemma-document';
import { cutDocument } from '../../../lib/src/widget/cut';
import { SESSION_KEY } from '../../../lib/src/host';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { diagnosisText } from '../../../views/src/charts/diagnosis-text';
import { english, type ViewContext } from '../../../views/src/elements/context';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { timeBars } from '../../../views/src/graph/times';
import { problemCount, problemGroups } from '../../../views/src/model/problems';
import { ALL, LATEST } from '../../../views/src/model/scoped-record';
import { ProvenanceStore } from '../../../views/src/model/store';
import { summarise } from '../../../views/src/model/summary';
import { toDocument } from '../../../views/src/model/to-document';

beforeEach(() => {
  delete (globalThis as { [SESSION_KEY]?: unknown })[SESSION_KEY];
});

function storeOf(document: ProvenanceDocument = provenance.document()): ProvenanceStore {
  const store = new ProvenanceStore();
  store.setConnection({ state: 'live' });
  store.noteClock(Date.now());
  store.replace(document);
  return store;
}

/** The output of a cell that shows this step. */
function cutAt(label: string): ProvenanceDocument {
  const session = currentSession();
  const id = session.document().processes.find((process) => process.label === label)!.id;
  return cutDocument(session, session.processes.get(id)!);
}

const counts = (store: ProvenanceStore, label: string): number[] => {
  const { execution, outputs } = [...store.processes.values()].find((process) => process.label === label)!;
  return [execution.itemsIn, execution.itemsOut, store.artifacts.get(outputs[0] ?? '')?.execution.currentItems ?? -1];
};

const bad = (n: number): number => {
  if (n % 5 === 0) throw new RangeError(`bad ${n}`);
  return n;
};

describe('the scope of all numbers', () => {
  it('is the latest run, any other by its id, or all of them', async () => {
    const numbers = Dataset.range(20, 'Numbers').map(bad, { identifier: 'Check', onError: 'skip' });
    await numbers.toArray('All');
    await numbers.take(4).toArray('Some');
    const store = storeOf();
    expect(counts(store, 'Check')).toEqual([5, 4, 4]);
    const [latest, first] = store.shownRuns;
    store.scope = first!.id;
    expect(counts(store, 'Check')).toEqual([20, 16, 16]);
    expect([problemCount(store), summarise(store)?.label]).toEqual([4, 'All']);
    store.scope = latest!.id;
    expect([counts(store, 'Check'), counts(store, 'All')]).toEqual([
      [5, 4, 4],
      [0, 0, 0],
    ]);
    store.scope = ALL;
    expect([counts(store, 'Check'), counts(store, 'All')[0]]).toEqual([[25, 20, 20], 16]);
    store.scope = 'gone';
    expect(store.scope).toBe(LATEST);
  });

  it('changes nothing of what is recorded', async () => {
    const numbers = Dataset.range(6, 'Numbers').map((n) => n + 1, 'Add');
    await numbers.toArray('All');
    await numbers.take(2).toArray('Some');
    const document = provenance.document();
    const store = storeOf(document);
    store.scope = store.shownRuns[1]!.id;
    expect(toDocument(store)!.processes).toEqual(document.processes);
    expect(toDocument(store)!.artifacts).toEqual(document.artifacts);
  });

  it('lets a new run start at zero, where it has not been yet, too', async () => {
    const parts = Array.from({ length: 4 }, (_, i) => Dataset.range(5, `Load class ${i}`));
    const all = Dataset.concat(...parts).map((n) => n, 'Same');
    await all.toArray('First');
    const items = all[Symbol.asyncIterator]();
    for (let i = 0; i < 3; i++) await items.next();
    const store = storeOf();
    expect(summarise(store)?.state).toBe('running');
    expect(counts(store, 'Load class 3')).toEqual([0, 0, 0]);
    const graph = new GraphModel(store);
    graph.refresh();
    const loaded = graph.nodes.find((node) => node.type === 'artifact' && node.members.length === 4)!;
    expect(describeNode(loaded, store)?.detail).not.toContain('20');
    await items.return?.();
    const ended = storeOf();
    expect(counts(ended, 'Load class 3')).toEqual([0, 0, 0]);
    expect(counts(ended, 'Load class 0')[1]).toBeLessThanOrEqual(5);
  });

  it('leaves what a cache has kept from an earlier run with the figures of that', async () => {
    const cached = Dataset.range(8, 'Numbers')
      .map((n) => n, 'Decode')
      .cache();
    await cached.toArray('First');
    await cached.toArray('Second');
    expect(counts(storeOf(), 'Decode')).toEqual([8, 8, 8]);
  });

  it('counts the same items skipped in two runs as one problem, met twice', async () => {
    const numbers = Dataset.range(20, 'Numbers').map(bad, { identifier: 'Check', onError: 'skip' });
    await numbers.toArray('All');
    await numbers.toArray('Again');
    const store = storeOf();
    expect(problemGroups(store)).toMatchObject([{ skipped: 4, times: 1 }]);
    store.scope = ALL;
    expect(problemGroups(store)).toMatchObject([{ skipped: 4, times: 2 }]);
    expect(problemCount(store)).toBe(4);
  });

  it('gives bars and sentence the same shares, of one run', async () => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const slow = Dataset.range(40, 'Numbers')
      .map((n) => wait(3).then(() => n), { identifier: 'Decode', concurrency: 4 })
      .map((n) => n * 2, 'Double');
    await slow.toArray('All');
    await slow.toArray('All again');
    const store = storeOf();
    const graph = new GraphModel(store);
    graph.refresh();
    const bars = timeBars(graph.nodes, store);
    const decode = bars.find(({ label }) => label === 'Decode')!;
    expect(bars.map(({ label }) => label)).not.toContain('All');
    // Its calls wait, four at a time.
    expect(decode.busyMs).toBeGreaterThan(2 * decode.totalMs);
    const sentence = diagnosisText({ store, trans: english } as ViewContext);
    expect(sentence).toContain(`: ${Math.round(decode.share! * 100)} % of the pipeline's time`);
  });
});

describe('the head', () => {
  const failing = () =>
    Dataset.range(20, 'Numbers')
      .map((n) => n, 'Healthy')
      .map(bad, 'Check');

  it('names the step that failed, with its reason, not the sink', async () => {
    await failing()
      .toArray('All')
      .catch(() => undefined);
    const summary = summarise(storeOf());
    expect(summary).toMatchObject({ state: 'failed', label: 'Check', failure: { message: 'bad 0' } });
  });

  it('does not say that a healthy source failed where a later step did', async () => {
    await failing()
      .toArray('All')
      .catch(() => undefined);
    const store = storeOf(cutAt('Healthy'));
    expect(summarise(store)).toMatchObject({ state: 'stopped', failedElsewhere: true, label: 'Healthy' });
    expect([...store.processes.values()].map(({ execution }) => execution.state)).not.toContain('failed');
  });

  it('never shows an id where a later run goes through something upstream only', async () => {
    const numbers = Dataset.range(9, 'Numbers');
    const shown = numbers.map((n) => n, 'Shown');
    await shown.toArray('All');
    await numbers.map((n) => -n, 'Other').toArray('Others');
    const summary = summarise(storeOf(cutAt('Shown')));
    expect(summary).toMatchObject({ label: 'Shown', items: 9, state: 'complete' });
    const never = numbers.map((n) => n, 'Never run');
    expect(never).toBeDefined();
    expect(summarise(storeOf(cutAt('Never run')))).toBeNull();
  });

  it('never says of a document without a kernel that it runs', async () => {
    const items = Dataset.range(20, 'Numbers')[Symbol.asyncIterator]();
    await items.next();
    const document = { ...provenance.document(), generatedAt: new Date(Date.now() + 2000).toISOString() };
    await items.return?.();
    const store = new ProvenanceStore();
    store.setConnection({ state: 'saved' });
    store.replace(document);
    const { state, elapsedMs, remainingMs } = summarise(store)!;
    expect([state, remainingMs]).toEqual(['aborted', null]);
    expect(elapsedMs).toBe(Date.parse(document.generatedAt) - Date.parse(document.runs[0]!.startedAt));
  });

  it('stops its clock when the session ends, whatever the next one says', async () => {
    const items = Dataset.range(20, 'Numbers')[Symbol.asyncIterator]();
    await items.next();
    const store = storeOf();
    await items.return?.();
    store.markStale();
    const { elapsedMs } = summarise(store)!;
    store.noteClock(Date.now() + 60_000);
    expect(summarise(store)!.elapsedMs).toBe(elapsedMs);
  });
});

describe('a step that nobody named', () => {
  it('has the name of its variable in all views, and its own label in what is exported', async () => {
    await Dataset.range(10)
      .filter((n) => n > 1)
      .count();
    const document = provenance.document();
    const processes = document.processes.map((process) =>
      process.kind === 'filter' ? { ...process, position: { line: 3, column: 20, variable: 'clean' } } : process,
    );
    const store = storeOf({ ...document, processes });
    const labels = (of: Iterable<{ label: string }>): string[] => [...of].map(({ label }) => label);
    expect(labels(store.processes.values())).toEqual(['range', 'clean', 'count']);
    const graph = new GraphModel(store);
    graph.refresh();
    expect(labels(graph.nodes.flatMap((node) => describeNode(node, store) ?? []))).toEqual([
      'range',
      'range',
      'clean',
      'clean',
      'count',
      'count',
    ]);
    expect(labels(toDocument(store)?.processes ?? [])).toEqual(labels(document.processes));
    expect(canonicalHash({ ...document, processes })).toBe(canonicalHash(document));
  });
});
