import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IProvenance } from './tokens';
import { NotebookProvenance } from '../notebook/notebook-provenance';
import { ProvenanceHost } from './provenance-host';

/**
 * One model for each open notebook, and which of them is current. Focus on something else, a text file for example,
 * keeps the last notebook.
 */
export class ProvenanceService implements IProvenance {
  constructor(tracker: INotebookTracker) {
    tracker.forEach((panel) => this._add(panel));
    tracker.widgetAdded.connect((_, panel) => this._add(panel), this);
    tracker.currentChanged.connect((_, panel) => this._setCurrent(panel), this);
    this._setCurrent(tracker.currentWidget);
  }

  readonly host = new ProvenanceHost();

  get current(): NotebookProvenance | null {
    return this._current;
  }

  get currentChanged(): ISignal<this, NotebookProvenance | null> {
    return this._currentChanged;
  }

  private _add(panel: NotebookPanel): void {
    if (this.host.get(panel)) {
      return;
    }
    const model = new NotebookProvenance(panel, this.host.preferences);
    this.host.add(model);
    panel.disposed.connect(() => {
      this.host.remove(model);
      if (this._current === model) {
        this._change(null);
      }
      model.dispose();
    }, model);
  }

  private _setCurrent(panel: NotebookPanel | null): void {
    if (panel && !panel.isDisposed) {
      this._add(panel);
      this._change(this.host.get(panel));
    }
  }

  private _change(model: NotebookProvenance | null): void {
    if (model !== this._current) {
      this._current = model;
      this._currentChanged.emit(model);
    }
  }

  private readonly _currentChanged = new Signal<this, NotebookProvenance | null>(this);
  private _current: NotebookProvenance | null = null;
}
