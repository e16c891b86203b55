import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import {
  type Emitter,
  GraphModel,
  type Preferences,
  type ProvenanceDocument,
  ProvenanceStore,
  toDocument,
  UiState,
} from 'stemma-views';
import { KernelLink } from './kernel-link';

/**
 * The provenance of one notebook: what its kernel recorded, the graph of it, and what the person chose to see.
 *
 * Life cycle: made when the notebook opens, disposed with it. While it is not shown, the kernel sends nothing and nothing is computed.
 */
export class NotebookProvenance implements IDisposable {
  constructor(
    readonly panel: NotebookPanel,
    private readonly _preferences: Preferences,
  ) {
    this._link = new KernelLink(panel.sessionContext, this.store);
    this._link.isShown = false;
    panel.content.activeCellChanged.connect(this._onActiveCell, this);
    this._onActiveCell();
    this._stops = [
      this.ui.watchedChanged.on((artifacts) => (this._link.watched = artifacts)),
      _preferences.changed.on(() => this._follow()),
    ];
  }

  readonly store = new ProvenanceStore();
  readonly graph = new GraphModel(this.store);
  readonly ui = new UiState();

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether a kernel that records is connected. */
  get records(): boolean {
    return this._link.client !== null;
  }

  /** A kernel that records was connected. */
  get connected(): Emitter<void> {
    return this._link.connected;
  }

  /** Let the kernel send what changes, until the answer is called: a panel or an output is on the screen. */
  show(): () => void {
    const shown = Symbol('shown');
    this._shown.add(shown);
    this._follow();
    return () => {
      this._shown.delete(shown);
      this._follow();
    };
  }

  /** Everything the kernel knows, samples included; of a kernel that is gone, what is still shown. */
  async document(): Promise<ProvenanceDocument | null> {
    const { client } = this._link;
    return client && !this.store.isStale ? client.requestDocument() : toDocument(this.store);
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this._stops.forEach((stop) => stop());
      this._link.dispose();
      this.graph.dispose();
      this.store.changed.clear();
      this.ui.changed.clear();
      this.ui.watchedChanged.clear();
    }
  }

  /** The kernel sends what changes only while somebody looks and wants to see it live. */
  private _follow(): void {
    const isShown = this._shown.size > 0 && this._preferences.current.live;
    if (!this.isDisposed && isShown !== this._isFollowing) {
      this._isFollowing = isShown;
      this._link.isShown = isShown;
    }
  }

  private _onActiveCell(): void {
    this.ui.activeCell = this.panel.content.activeCell?.model.id ?? null;
  }

  private readonly _shown = new Set<symbol>();
  private readonly _link: KernelLink;
  private readonly _stops: readonly (() => void)[];
  private _isFollowing = false;
  private _isDisposed = false;
}
