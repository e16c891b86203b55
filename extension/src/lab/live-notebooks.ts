import { Emitter, Preferences } from 'stemma-views';
import type { NotebookProvenance } from './notebook-provenance';

/**
 * The notebooks whose kernels are followed, for the outputs in them: JupyterLab makes renderers of outputs without telling them whose they are. The renderer and the service are two entries of
 * one package and share this module.
 */
class LiveNotebooks {
  /** What a person chose for panels and outputs. */
  readonly preferences = new Preferences();
  /** A notebook came or went. */
  readonly changed = new Emitter<void>();

  add(model: NotebookProvenance): void {
    this._models.add(model);
    this.changed.emit();
  }

  remove(model: NotebookProvenance): void {
    this._models.delete(model);
    this.changed.emit();
  }

  get size(): number {
    return this._models.size;
  }

  /** The notebook that an output is in; of one that stands elsewhere, the notebook whose kernel recorded it. */
  find(output: Node, session: string): NotebookProvenance | null {
    const all = [...this._models];
    return (
      all.find((model) => model.panel.node.contains(output)) ??
      all.find((model) => model.store.session?.id === session) ??
      null
    );
  }

  private readonly _models = new Set<NotebookProvenance>();
}

export const liveNotebooks = new LiveNotebooks();
