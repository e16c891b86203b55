import { describe, expect, it } from 'vitest';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { comparableRun, compareInGraph, relativeChange } from '../../../views/src/graph/comparison';
import { processSpans } from '../../../views/src/graph/process-spans';
import { ProvenanceStore } from '../../../views/src/model/store';
import { type Process, type ProcessRun, type Run, runBefore } from 'stemma-document';
import { timeBars } from '../../../views/src/graph/times';
import { longestWaits } from '../../../views/src/graph/waits';
import { fixture, ranAgain } from '../../panel/fixture';

function storeOf(document = fixture({ progress: 1 })): ProvenanceStore {
  const store = new ProvenanceStore();
  store.noteClock(Date.now());
  store.replace(document);
  return store;
}

const runs = (store: ProvenanceStore): Run[] => [...store.runs.values()];

describe('runBefore', () => {
  it('finds the run before of the same cell, whatever was edited upstream', () => {
    const store = storeOf(ranAgain(fixture({ progress: 1 })));
    const [first, second] = runs(store);
    expect(runBefore(second!, store)).toBe(first);
    expect(runBefore(first!, store)).toBeNull();
    expect(comparableRun(store)).toEqual({ before: first, now: second });
  });

  it('compares neither with another cell nor with a run that failed', () => {
    const elsewhere = ranAgain(fixture({ progress: 1 }));
    elsewhere.runs[1]!.cell = { id: 'another', executionCount: 99 };
    expect(comparableRun(storeOf(elsewhere))).toBeNull();
    const failed = ranAgain(fixture({ progress: 1 }));
    failed.runs[0]!.state = 'failed';
    expect(comparableRun(storeOf(failed))).toBeNull();
  });

  it('compares the runs of one sink where no cell is known', () => {
    const document = fixture({ progress: 1 });
    const run = { ...document.runs[0]!, cell: null };
    const store = storeOf({
      ...document,
      runs: [run, { ...run, id: 'r2', epoch: 1 }, { ...run, id: 'r3', sink: 'p25' }],
    });
    const [, second, other] = runs(store);
    expect(runBefore(second!, store)?.id).toBe('r1');
    expect(runBefore(other!, store)).toBeNull();
  });
});

describe('compareInGraph', () => {
  const compared = (store: ProvenanceStore, before: Run, now: Run) => {
    const graph = new GraphModel(store);
    graph.refresh();
    return compareInGraph(before, now, { graph, store });
  };

  it('gives self time, items and problems of each drawn step before and now', () => {
    const store = storeOf(ranAgain(fixture({ progress: 1 }), { 'Decode image': 0.5 }));
    const { before, now } = comparableRun(store)!;
    const rows = compared(store, before, now);
    expect(rows.map(({ label }) => label).slice(0, 3)).toEqual(['Load class 0…9', 'Add label', 'concat']);
    const decode = rows.find(({ label }) => label === 'Decode image')!;
    expect(relativeChange(decode.ownMs)).toBeCloseTo(-0.5);
    expect(decode.items.now).toBe(decode.items.before);
    expect(decode.problems).toEqual({ before: 5, now: 5 });
    expect(relativeChange(rows[0]!.ownMs)).toBeCloseTo(0);
  });

  it('tells what is new or gone', () => {
    const document = ranAgain(fixture({ progress: 1 }));
    const [first, second] = document.runs as [Run, Run];
    first.processes.splice(first.processes.indexOf('p22'), 1);
    second.processes = second.processes.filter((id) => id !== 'p23+');
    const rows = compared(storeOf(document), first, second);
    const row = (label: string) => rows.find((one) => one.label === label);
    expect(row('Decode image')?.ownMs.before).toBeNull();
    expect(row('Drop nearly empty')?.ownMs.now).toBeNull();
  });

  it('compares two runs of the same steps by what each did in either', () => {
    const document = fixture({ progress: 1 });
    const [run] = document.runs as [Run];
    const part = ({ execution }: Process, factor: number): ProcessRun => ({
      state: 'complete',
      itemsIn: execution.itemsIn,
      itemsOut: execution.itemsOut,
      skipped: 0,
      failed: 0,
      selfMs: (execution.selfTime?.totalMs ?? 0) * factor,
      waitMs: null,
      firstItemMs: null,
      failure: null,
    });
    const parts = (factor: number) =>
      Object.fromEntries(document.processes.map((process) => [process.id, part(process, factor)]));
    const store = storeOf({
      ...document,
      processes: document.processes.map((one) => ({ ...one, execution: { ...one.execution, runs: 2 } })),
      runs: [
        { ...run, perProcess: parts(0.8) },
        { ...run, id: 'r2', perProcess: parts(0.2) },
      ],
    });
    const train = compared(store, ...(runs(store) as [Run, Run])).find(({ label }) => label === 'Train')!;
    expect(relativeChange(train.ownMs)).toBeCloseTo(-0.75);
  });

  it('leaves out what is known of both runs together only', () => {
    const document = ranAgain(fixture({ progress: 1 }));
    const train = document.processes.find(({ id }) => id === 'p29+')!;
    train.execution = { ...train.execution, runs: 2 };
    const store = storeOf(document);
    const { before, now } = comparableRun(store)!;
    expect(compared(store, before, now).map(({ label }) => label)).not.toContain('Train');
  });

  it('cannot say a relative change of nothing', () => {
    expect(relativeChange({ before: 0, now: 1 })).toBeNull();
    expect(relativeChange({ before: null, now: 1 })).toBeNull();
  });
});

describe('longestWaits', () => {
  it('tells what waited, for how long, and for which step above it', () => {
    const store = storeOf();
    const graph = new GraphModel(store);
    graph.refresh();
    const waits = longestWaits(graph.nodes, store);
    const decode = waits.find(({ cause }) => cause?.label === 'Decode image');
    expect(decode?.waitMs).toBeGreaterThanOrEqual(15_000);
    expect(decode?.share).toBeGreaterThan(0.8);
    expect(decode?.cause?.share).toBeGreaterThan(0.9);
    // The sentence has the share that the bar has: of the steps of this run, and of no other.
    const bar = timeBars(graph.nodes, store).find(({ id }) => id === decode?.cause?.id);
    const last = waits.find(({ label }) => label === 'Train');
    expect((last ?? decode)?.cause?.share).toBeCloseTo(bar?.share ?? NaN, 2);
    // What waits for the same step is not told twice: the bars have it.
    expect(new Set(waits.map(({ cause }) => cause?.id)).size).toBe(waits.length);
  });

  it('says nothing where nothing waited', () => {
    const store = storeOf(fixture({ progress: 0 }));
    const graph = new GraphModel(store);
    graph.refresh();
    expect(longestWaits(graph.nodes, store)).toEqual([]);
  });
});

describe('processSpans', () => {
  it('puts each process of the latest run on its axis of time', () => {
    const store = storeOf();
    const graph = new GraphModel(store);
    graph.refresh();
    const { spans, runMs } = processSpans(graph.nodes, store);
    expect(runMs).toBe(21_000);
    expect(spans[0]).toMatchObject({ label: 'Load class 0…9', firstMs: 3.2, endMs: 21_000, state: 'complete' });
    expect(spans.at(-1)).toMatchObject({ label: 'Train', waitMs: 15_000 });
  });

  it('leaves out what took no part in it', () => {
    const document = fixture({ progress: 1 });
    document.runs[0]!.processes = ['p29'];
    const store = storeOf(document);
    const graph = new GraphModel(store);
    graph.refresh();
    expect(processSpans(graph.nodes, store).spans.map(({ label }) => label)).toEqual(['Train']);
  });
});
