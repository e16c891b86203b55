import { describe, expect, it } from 'vitest';
import { problemCount, problemGroups } from '../../../views/src/model/problems';
import { ProvenanceStore } from '../../../views/src/model/store';
import { fixture } from '../../panel/fixture';

function storeWith(change: (document: ReturnType<typeof fixture>) => void): ProvenanceStore {
  const document = fixture({ progress: 1 });
  for (const process of document.processes) {
    process.execution = { ...process.execution, failed: 0, skipped: 0, skippedItems: [], failure: null };
  }
  for (const artifact of document.artifacts) artifact.execution = { ...artifact.execution, anomaly: null };
  change(document);
  const store = new ProvenanceStore();
  store.replace(document);
  return store;
}

describe('problems', () => {
  it('are none where nothing happened', () => {
    const store = storeWith(() => undefined);
    expect([problemGroups(store), problemCount(store)]).toEqual([[], 0]);
  });

  it('are what the recorder warns of, too', () => {
    const store = storeWith(({ processes }) => {
      processes[3]!.warnings = ['shuffle "Shuffle" feeds both take and skip'];
    });
    expect(problemGroups(store)).toEqual([
      {
        process: 'p3',
        skipped: 0,
        failed: 0,
        problems: [],
        times: 1,
        warnings: ['shuffle "Shuffle" feeds both take and skip'],
      },
    ]);
    expect(problemCount(store)).toBe(1);
  });

  it('begin with failures, and forget what is superseded', () => {
    const failure = { name: 'Error', message: 'no', index: 1, origin: null, input: null };
    const store = storeWith(({ processes }) => {
      processes[1]!.execution.skipped = 4;
      processes[2]!.execution.failure = failure;
      processes[4] = { ...processes[4]!, superseded: true, warnings: ['late'] };
    });
    expect(problemGroups(store).map(({ process }) => process)).toEqual(['p2', 'p1']);
    expect(problemCount(store)).toBe(5);
  });
});
