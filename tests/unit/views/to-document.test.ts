import { describe, expect, it } from 'vitest';
import { isDocument } from 'stemma-document';
import { ProvenanceStore } from '../../../views/src/model/store';
import { toDocument } from '../../../views/src/model/to-document';
import { fixture, samplesOf } from '../../panel/fixture';

describe('toDocument', () => {
  it('is null where nothing is known', () => {
    expect(toDocument(new ProvenanceStore())).toBe(null);
  });

  it('writes what is shown, with the samples that arrived, also of a kernel that is gone', () => {
    const store = new ProvenanceStore();
    const document = fixture({ progress: 0.5 });
    store.replace(document);
    const samples = samplesOf(document.processes[0]!, 5, () => 'data:image/png;base64,AAAA');
    store.setSamples('a0', samples);
    store.markStale();
    const written = toDocument(store);
    expect(isDocument(written)).toBe(true);
    expect(written?.processes).toEqual(document.processes);
    expect(written?.runs).toEqual(document.runs);
    expect(written?.artifacts[0]?.execution.samples).toEqual(samples);
    const again = new ProvenanceStore();
    again.replace(written);
    expect(again.samples.get('a0')).toEqual(samples);
  });
});
