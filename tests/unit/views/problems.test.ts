import { describe, expect, it } from 'vitest';
import { byMessage, hasFailed, type Problem, problemCount, problemGroups } from '../../../views/src/model/problems';
import { ProvenanceStore } from '../../../views/src/model/store';
import { fixture } from '../../panel/fixture';

function storeWith(change: (document: ReturnType<typeof fixture>) => void): ProvenanceStore {
  const document = fixture({ progress: 1 });
  for (const process of document.processes) {
    // A buffer is a hint: the fixture's shuffle looks at a part of its items.
    if (process.kind === 'shuffle') process.options = { ...process.options, bufferSize: null };
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
        hints: [],
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

  it('are serious where a run failed, and hints are none at all', () => {
    const hinting = storeWith(({ processes }) => {
      processes[1]!.kind = 'filter';
      processes[1]!.execution = { ...processes[1]!.execution, state: 'complete', itemsIn: 500, itemsOut: 500 };
    });
    expect(problemGroups(hinting)).toMatchObject([{ process: 'p1', hints: [expect.stringMatching(/^keeps all 500/)] }]);
    expect([problemCount(hinting), hasFailed(hinting)]).toEqual([0, false]);
    const failing = storeWith(({ processes }) => {
      processes[2]!.execution.failed = 1;
      processes[2]!.execution.failure = { name: 'Error', message: 'no', index: 1, origin: null, input: null };
    });
    expect(hasFailed(failing)).toBe(true);
  });

  it('of one message are one, whichever item they name', () => {
    const of = (message: string, origin: string | null): Problem => ({
      process: 'p1',
      kind: 'skipped',
      failure: { name: 'Error', message, index: 1, origin, input: null },
    });
    const groups = byMessage([of('a.png is empty', 'a.png'), of('other', null), of('b.png is empty', 'b.png')]);
    expect(groups.map(({ message, failures }) => [message, failures.map(({ origin }) => origin)])).toEqual([
      ['… is empty', ['a.png', 'b.png']],
      ['other', [null]],
    ]);
    expect(byMessage([of('a.png is empty', 'a.png')])[0]?.message).toBe('a.png is empty');
  });
});
