import { mirror, type ProvenanceDocument, type ProvenanceStore, type UiState } from 'stemma-views';
import { liveNotebooks } from './live-notebooks';
import type { NotebookProvenance } from './notebook-provenance';

/** What {@link OutputLink} connects. */
export interface IOutputLinkOptions {
  /** The output's element, in the page. */
  node: Node;
  /** What the output holds. */
  document: ProvenanceDocument;
  /** Whether it shows all of the session, also what comes later. */
  whole: boolean;
  store: ProvenanceStore;
  ui: UiState;
  /** The output is live now, or is no longer. */
  onChange(model: NotebookProvenance | null): void;
}

/**
 * Lets the output of a cell follow the kernel that made it, while it is on the screen and that kernel lives.
 *
 * Life cycle: from the constructor to `dispose` the kernel sends what changes. Until the session of the output's document is heard of, and after it ended, the output shows what it holds.
 */
export class OutputLink {
  constructor(private readonly _options: IOutputLinkOptions) {
    this._stops.push(liveNotebooks.changed.on(() => this._find()));
    this._find();
  }

  /** Whether the output shows what the kernel sends, rather than what it holds. */
  get isLive(): boolean {
    return this._liveStops.length > 0;
  }

  /** Idempotent. */
  dispose(): void {
    this._stops.forEach((stop) => stop());
    this._leave();
  }

  private _find(): void {
    const { node, document } = this._options;
    const model = liveNotebooks.find(node, document.session.id);
    if (model === this._model) {
      return;
    }
    this._leave();
    this._model = model;
    if (model) {
      this._modelStops.push(
        model.show(),
        model.store.changed.on(() => this._follow()),
      );
      this._follow();
    }
  }

  private _follow(): void {
    const { document, store, ui, whole, onChange } = this._options;
    const model = this._model;
    const isLive = model !== null && model.store.session?.id === document.session.id && !model.store.isStale;
    if (isLive === this.isLive) {
      return;
    }
    if (!isLive) {
      this._stopFollowing();
      return;
    }
    const ids = whole ? null : new Set([...document.processes, ...document.artifacts].map((one) => one.id));
    this._liveStops.push(mirror(model.store, store, ids), watch(model.ui, ui));
    onChange(model);
  }

  private _stopFollowing(): void {
    if (this.isLive) {
      this._liveStops.splice(0).forEach((stop) => stop());
      this._options.store.setConnection({ state: 'saved' });
      this._options.onChange(null);
    }
  }

  private _leave(): void {
    this._modelStops.splice(0).forEach((stop) => stop());
    this._stopFollowing();
    this._model = null;
  }

  private readonly _stops: (() => void)[] = [];
  private readonly _modelStops: (() => void)[] = [];
  private readonly _liveStops: (() => void)[] = [];
  private _model: NotebookProvenance | null = null;
}

/** Ask for the samples that an output shows along with those of the panel. */
function watch(of: UiState, shown: UiState): () => void {
  let release = of.watch(shown.watched);
  const stop = shown.watchedChanged.on((artifacts) => {
    const before = release;
    release = of.watch(artifacts);
    before();
  });
  return () => {
    stop();
    release();
  };
}
