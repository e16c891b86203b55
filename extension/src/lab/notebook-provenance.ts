import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { GraphModel } from '../graph/graph-model';
import { ProvenanceStore } from '../model/store';
import type { ProvenanceDocument } from '../model/types';
import { UiState } from '../model/ui-state';
import { KernelLink } from './kernel-link';

/**
 * The provenance of one notebook: what its kernel recorded, the graph of it, and what the person chose to see.
 *
 * Life cycle: made when the notebook opens, disposed with it. While it is not shown, the kernel sends nothing and nothing is computed.
 */
export class NotebookProvenance implements IDisposable {
  constructor(readonly panel: NotebookPanel) {
    this._link = new KernelLink(panel.sessionContext, this.store);
    this._link.isShown = false;
    panel.content.activeCellChanged.connect(this._onActiveCell, this);
    this._onActiveCell();
    this._stop = this.ui.watchedChanged.on((artifacts) => (this._link.watched = artifacts));
  }

  readonly store = new ProvenanceStore();
  readonly graph = new GraphModel(this.store);
  readonly ui = new UiState();

  get isDisposed(): boolean {
    return this._link.isDisposed;
  }

  /** Whether a kernel that records is connected. */
  get records(): boolean {
    return this._link.client !== null;
  }

  /** Let the kernel send what changes, until the answer is called: a panel or an output is on the screen. */
  show(): () => void {
    const shown = Symbol('shown');
    this._shown.add(shown);
    this._link.isShown = true;
    return () => {
      this._shown.delete(shown);
      if (!this.isDisposed) {
        this._link.isShown = this._shown.size > 0;
      }
    };
  }

  /** Everything the kernel knows, samples included. */
  async document(): Promise<ProvenanceDocument | null> {
    const { client } = this._link;
    if (!client) {
      throw new Error('no kernel that records is connected');
    }
    return client.requestDocument();
  }

  dispose(): void {
    if (!this.isDisposed) {
      Signal.clearData(this);
      this._stop();
      this._link.dispose();
      this.graph.dispose();
      this.store.changed.clear();
      this.ui.changed.clear();
      this.ui.watchedChanged.clear();
    }
  }

  private _onActiveCell(): void {
    this.ui.activeCell = this.panel.content.activeCell?.model.id ?? null;
  }

  private readonly _shown = new Set<symbol>();
  private readonly _link: KernelLink;
  private readonly _stop: () => void;
}
