import { Emitter, Preferences } from 'stemma-views';
import type { NotebookProvenance } from '../notebook/notebook-provenance';
import { ShownViews } from './shown-views';

/**
 * What panels, outputs and files of one application share: the notebooks whose kernels are followed, which view
 * commands are about, and what a person chose.
 */
export class ProvenanceHost {
  /** What a person chose for panels and outputs. */
  readonly preferences = new Preferences();
  readonly shown = new ShownViews();
  /** A notebook came or went. */
  readonly changed = new Emitter<void>();

  add(model: NotebookProvenance): void {
    this._models.set(model.panel, model);
    this.changed.emit();
  }

  remove(model: NotebookProvenance): void {
    this._models.delete(model.panel);
    this.changed.emit();
  }

  get(panel: NotebookProvenance['panel']): NotebookProvenance | null {
    return this._models.get(panel) ?? null;
  }

  get size(): number {
    return this._models.size;
  }

  /** The notebook that an output is in; of one that stands elsewhere, the notebook whose kernel recorded it. */
  find(output: Node, session: string): NotebookProvenance | null {
    const all = [...this._models.values()];
    return (
      all.find((model) => model.panel.node.contains(output)) ??
      all.find((model) => model.store.session?.id === session) ??
      null
    );
  }

  private readonly _models = new Map<NotebookProvenance['panel'], NotebookProvenance>();
}
