import { describe, expect, it } from 'vitest';
import { ProvenanceModel } from '../../../views/src/host/provenance-model';
import { SavedSource } from '../../../views/src/model/saved-source';
import { fixture } from '../../panel/fixture';

/** A source that notes its calls. */
class Noting extends SavedSource {
  readonly told: string[] = [];

  override setShown(isShown: boolean): void {
    this.told.push(isShown ? 'shown' : 'hidden');
  }

  override watch(artifacts: readonly string[]): void {
    this.told.push(`watch ${artifacts.join(' ')}`.trim());
  }
}

describe('ProvenanceModel', () => {
  it('shows a saved document and the one that replaces it', () => {
    const source = new SavedSource(fixture({ progress: 0.2 }));
    const { store } = new ProvenanceModel(source);
    expect(store.connection.state).toBe('saved');
    const before = store.processes.get('p29')?.execution.itemsIn ?? 0;
    source.load(fixture({ progress: 0.6 }));
    expect(store.processes.get('p29')?.execution.itemsIn).toBeGreaterThan(before);
  });

  it('tells its source once that it is shown, however many views show it, and when none does any more', () => {
    const source = new Noting();
    const model = new ProvenanceModel(source);
    const [side, tab] = [model.show(), model.show()];
    side();
    side();
    expect(source.told).toEqual(['shown']);
    tab();
    expect(source.told).toEqual(['shown', 'hidden']);
  });

  it('asks its source for the samples that any view shows', () => {
    const source = new Noting();
    const { ui } = new ProvenanceModel(source);
    const stop = ui.watch(['a1']);
    ui.watch(['a1', 'a2']);
    stop();
    expect(source.told).toEqual(['watch a1', 'watch a1 a2', 'watch a1 a2']);
  });

  it('returns the document of its source, or what is shown where the source has none any more', async () => {
    const saved = fixture({ progress: 0.2 });
    const model = new ProvenanceModel(new SavedSource(saved));
    expect((await model.document())?.processes).toHaveLength(saved.processes.length);
    const later = fixture({ progress: 1 });
    let answer: typeof later | null = later;
    const asked = new ProvenanceModel(
      Object.assign(new SavedSource(saved), { document: () => Promise.resolve(answer) }),
    );
    expect(await asked.document()).toBe(later);
    answer = null;
    expect((await asked.document())?.session.id).toBe(saved.session.id);
  });

  it('disposes its source with itself, and tells it nothing afterwards', () => {
    const source = new Noting();
    const model = new ProvenanceModel(source);
    const hide = model.show();
    model.dispose();
    model.dispose();
    hide();
    expect(source.isDisposed).toBe(true);
    expect(source.told).toEqual(['shown']);
    expect(model.store.changed.size + model.ui.changed.size).toBe(0);
  });
});
