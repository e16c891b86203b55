import { describe, expect, it } from 'vitest';
import { stateName } from '../../../views/src/elements/state-names';
import { describeNode, formatLength, isDocument, mergeStates, newerVersion } from 'stemma-document';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { processSpans } from '../../../views/src/graph/process-spans';
import { ProvenanceStore } from '../../../views/src/model/store';
import { summarise } from '../../../views/src/model/summary';
import { toDocument } from '../../../views/src/model/to-document';
import { everywhereNew } from '../../support/from-the-future';
import { fixture } from '../../panel/fixture';

describe('a document of a later version', () => {
  const document = everywhereNew(fixture({ progress: 1, samples: true }), 3);
  const store = new ProvenanceStore();
  store.replace(document);
  const graph = new GraphModel(store);
  graph.refresh();

  it('is one that the views draw, where its major version is 1', () => {
    expect(isDocument(document)).toBe(true);
    expect(newerVersion(document)).toBeNull();
    const next = { ...document, version: '2.0' };
    expect(isDocument(next)).toBe(false);
    expect(newerVersion(next)).toBe('2.0');
    expect(newerVersion({ ...next, version: '0.9' })).toBeNull();
    expect(newerVersion({ ...next, format: 'other' })).toBeNull();
  });

  it('has words that are shown as they are', () => {
    const faces = graph.nodes.map((node) => describeNode(node, store)!);
    expect(faces.map(({ state }) => state)).toContain('brand-new');
    expect(faces.map(({ kind }) => kind)).toContain('brand-new');
    expect(stateName('brand-new', { __: String } as never)).toBe('brand-new');
    expect(formatLength({ kind: 'brand-new' } as never)).toBe('?');
    expect(processSpans(graph.nodes, store).spans.length).toBeGreaterThan(0);
    expect(summarise(store)).not.toBeNull();
  });

  it('has states that tell less than a failure and more than an end', () => {
    expect(mergeStates(['complete', 'paused', 'complete'])).toBe('paused');
    expect(mergeStates(['running', 'paused'])).toBe('running');
    expect(mergeStates(['complete', 'new'])).toBe('new');
    expect(mergeStates(['complete', 'complete'])).toBe('complete');
    expect(mergeStates([])).toBe('new');
  });

  it('is exported with all that it says, and its parts with all that they say', () => {
    const { generatedAt: _, ...written } = toDocument(store)!;
    const { generatedAt: _then, ...read } = document;
    expect(written).toEqual(read);
    const part = toDocument(store, new Set(['p0', 'a0']))!;
    expect(part.processes).toEqual(document.processes.slice(0, 1));
    expect(part).toMatchObject({ version: '1.7', extensions: document.extensions, dropped: document.dropped });
  });

  it('goes on as it was through patches', () => {
    const live = new ProvenanceStore();
    live.replace(document);
    const { session, environment, dropped, processes } = document;
    live.apply({
      processes: [{ ...processes[0]!, later: 'again' } as never],
      artifacts: [],
      runs: [],
      cells: null,
      removed: [],
      frame: { session, environment, dropped: { ...dropped, processes: 7 } },
    });
    const written = toDocument(live)!;
    expect(written.processes[0]).toMatchObject({ later: 'again', extensions: document.extensions });
    expect(written).toMatchObject({ version: '1.7', extensions: document.extensions, dropped: { processes: 7 } });
  });
});
