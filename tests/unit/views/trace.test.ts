import { describe, expect, it } from 'vitest';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { describeNode, type Failure, type Process, type Sample, type State } from 'stemma-document';
import { traceOrigin } from '../../../views/src/graph/trace';
import { ProvenanceStore } from '../../../views/src/model/store';
import { fixture } from '../../panel/fixture';

const ORIGIN = '7.png';
const sample = (index: number, traced = true, run = 'r1'): Sample => ({
  index,
  run,
  origins: [ORIGIN],
  omittedOrigins: 0,
  ...(traced && { traced: true as const }),
  value: { type: 'number', value: index },
});

/** A run in which these artifacts kept the item; the answer tells what became of it. */
function traced(
  kept: { [artifact: string]: Sample },
  {
    state = 'complete',
    failures = {},
    loading = [],
  }: { state?: State; failures?: { [process: string]: Failure }; loading?: string[] } = {},
): [label: string | undefined, before: number | null, after: unknown][] {
  const store = new ProvenanceStore();
  const document = fixture({ progress: 0.6, state });
  store.replace({
    ...document,
    processes: document.processes.map((one): Process => {
      const failure = failures[one.id];
      return { ...one, execution: { ...one.execution, skippedItems: failure ? [failure] : [] } };
    }),
  });
  for (const id of store.artifacts.keys()) {
    if (!loading.includes(id)) store.setSamples(id, kept[id] ? [kept[id]] : []);
  }
  const graph = new GraphModel(store);
  graph.refresh();
  return traceOrigin(ORIGIN, graph.nodes, store).map(({ node, before, after }) => [
    describeNode(node, store)?.label,
    before?.index ?? null,
    after.kind === 'kept' ? after.sample.index : after.kind === 'leftOut' ? (after.reason ?? after.kind) : after.kind,
  ]);
}

/** Of a source, its label, concat, shuffle and decoding, which the ids stand for. */
const START = { a0: sample(0), a10: sample(0), a20: sample(0), a21: sample(3) };

describe('traceOrigin', () => {
  it('gives the item before and after each step, from its source on', () => {
    expect(traced({ ...START, a22: sample(5) }).slice(0, 5)).toEqual([
      ['Load class 0…9', null, 0],
      ['Add label', 0, 0],
      ['concat', 0, 0],
      ['Shuffle together', 0, 3],
      ['Decode image', 3, 5],
    ]);
  });

  it('says where an item that its run follows was left out, and ends there', () => {
    expect(traced(START).slice(3)).toEqual([
      ['Shuffle together', 0, 3],
      ['Decode image', 3, 'leftOut'],
    ]);
  });

  it('does not take an item for left out whose samples have not come yet', () => {
    expect(traced(START, { loading: ['a22'] }).slice(3)).toEqual([
      ['Shuffle together', 0, 3],
      ['Decode image', 3, 'loading'],
    ]);
  });

  it('says why it was left out, where that was recorded', () => {
    const failure = { name: 'RangeError', message: 'no image', index: 3, origin: ORIGIN, input: null };
    expect(traced(START, { failures: { p22: failure } }).at(-1)).toEqual(['Decode image', 3, 'RangeError: no image']);
  });

  it('does not take an item for left out that the run has not brought there yet, or never did', () => {
    expect(traced(START, { state: 'running' }).at(-1)).toEqual(['Decode image', 3, 'notReached']);
    expect(traced(START, { state: 'aborted' }).at(-1)).toEqual(['Decode image', 3, 'notReached']);
  });

  it('says where no sample was kept of an item that its run does not follow', () => {
    const kept = { a20: sample(0, false), a22: sample(5, false) };
    expect(traced(kept)).toEqual([
      ['concat', null, 0],
      ['Shuffle together', 0, 'notKept'],
      ['Decode image', null, 5],
      ['Drop nearly empty', 5, 'notKept'],
    ]);
  });

  it('does not take an item of another run for left out', () => {
    expect(traced({ a20: sample(0, true, 'r0') }).at(-1)).toEqual(['Shuffle together', 0, 'notKept']);
  });

  it('ends at a step that takes the items', () => {
    const all = Object.fromEntries(Array.from({ length: 29 }, (_, i) => [`a${i}`, sample(i)]));
    expect(traced(all).at(-1)).toEqual(['Train', 28, 'taken']);
  });

  it('is empty where no stream holds the item', () => {
    expect(traced({})).toEqual([]);
  });
});
