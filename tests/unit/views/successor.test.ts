import { describe, expect, it } from 'vitest';
import { ProvenanceStore } from '../../../views/src/model/store';
import { successor } from '../../../views/src/model/successor';
import { fixture } from '../../panel/fixture';

/** The record after its cells ran again: each process and artifact once more, the first ones superseded. */
function rerun(labels: (label: string) => string = (label) => label): ProvenanceStore {
  const { processes, artifacts, ...document } = fixture({ progress: 1 });
  const again = (id: string): string => `${id}-again`;
  const cell = { id: 'cell', executionCount: 1 };
  const store = new ProvenanceStore();
  store.replace({
    ...document,
    processes: [
      ...processes.map((process) => ({ ...process, cell, superseded: true })),
      ...processes.map((process) => ({
        ...process,
        id: again(process.id),
        label: labels(process.label),
        outputs: process.outputs.map(again),
        cell: { ...cell, executionCount: 2 },
      })),
    ],
    artifacts: [
      ...artifacts.map((artifact) => ({ ...artifact, superseded: true })),
      ...artifacts.map((artifact) => ({
        ...artifact,
        id: again(artifact.id),
        producer: artifact.producer && again(artifact.producer),
      })),
    ],
  });
  return store;
}

describe('what stands where something stood before its cell ran again', () => {
  it('is the process of that label, also where several have it', () => {
    for (const labels of [undefined, () => 'Same']) {
      const store = rerun(labels);
      const processes = [...store.processes.values()].filter(({ superseded }) => superseded);
      if (labels) processes.forEach((process) => (process.label = 'Same'));
      expect(processes.map(({ id }) => successor(id, store))).toEqual(processes.map(({ id }) => `${id}-again`));
    }
  });

  it('is the stream of that process', () => {
    const store = rerun();
    const streams = [...store.artifacts.values()].filter(({ superseded }) => superseded);
    expect(streams.length).toBeGreaterThan(0);
    expect(streams.map(({ id }) => successor(id, store))).toEqual(streams.map(({ id }) => `${id}-again`));
  });

  it('is nothing where the step is gone, and for what is not superseded', () => {
    const gone = rerun((label) => `Other than ${label}`);
    expect([...gone.processes.keys()].filter((id) => successor(id, gone) !== null)).toEqual([]);
    const store = rerun();
    expect(successor('p1-again', store)).toBeNull();
    expect(successor('nobody', store)).toBeNull();
  });
});
