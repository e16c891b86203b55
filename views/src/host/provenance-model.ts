import { GraphModel } from '../graph/graph-model';
import type { IDisposable } from '../model/disposable';
import type { DocumentSource } from '../model/source';
import { ProvenanceStore } from '../model/store';
import type { Comparison } from '../model/comparison';
import { toDocument } from '../model/to-document';
import type { ProvenanceDocument } from 'stemma-document';
import { UiState } from '../model/ui-state';

/**
 * One recorder as the page knows it: what its source reported, the graph of it, and what a person chose to see. Several
 * views may show one model, and a model that is shown again looks as before.
 *
 * Life cycle: connects the source at once; disposing it disposes the source. While no view shows it, the source is
 * hidden and no graph is computed.
 */
export class ProvenanceModel implements IDisposable {
  /** `comparison`: where what the source reports is two records as one graph. */
  constructor(
    source: DocumentSource,
    readonly comparison: Comparison | null = null,
  ) {
    this._source = source;
    this._stopWatching = this.ui.watchedChanged.on((artifacts) => source.watch(artifacts));
    source.connect(this.store);
  }

  readonly store = new ProvenanceStore();
  readonly graph = new GraphModel(this.store);
  readonly ui = new UiState();

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** A view of this model is on the screen, until the returned function is called. It may be called twice. */
  show(): () => void {
    const view = Symbol('view');
    this._views.add(view);
    this._tellSource();
    return () => {
      this._views.delete(view);
      this._tellSource();
    };
  }

  /**
   * All that was recorded, samples included; of a session that has ended, what is still shown. Null where that is
   * nothing.
   */
  async document(): Promise<ProvenanceDocument | null> {
    return (await this._source.document?.()) ?? toDocument(this.store);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._stopWatching();
      this._source.dispose();
      this.graph.dispose();
      this.store.changed.clear();
      this.ui.changed.clear();
      this.ui.watchedChanged.clear();
    }
  }

  private _tellSource(): void {
    const isShown = this._views.size > 0;
    if (!this._isDisposed && isShown !== this._isShown) {
      this._isShown = isShown;
      this._source.setShown(isShown);
    }
  }

  private readonly _source: DocumentSource;
  private readonly _stopWatching: () => void;
  private readonly _views = new Set<symbol>();
  private _isShown = false;
  private _isDisposed = false;
}
