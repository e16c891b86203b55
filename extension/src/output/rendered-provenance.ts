import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  type Actions,
  type CellRef,
  english,
  h,
  isDocument,
  mount,
  type MountedView,
  type MountOptions,
  ProvenanceModel,
  newerVersion,
  type Translate,
} from 'stemma-views';
import { PACKAGE } from '../lab/names';
import { OutputSource } from './output-source';
import type { ProvenanceHost } from '../host/provenance-host';
import { revealCell } from '../notebook/reveal-cell';
import { ViewWidget } from '../host/view-widget';

/**
 * Draws a provenance document with the views of the side panel: in a cell's output, or as a file.
 *
 * Life cycle: `renderModel` is called again when the output is updated; the same view then shows the newer document. In
 * a notebook whose kernel made the document it follows that kernel while it is on the screen; else, and afterwards, it
 * shows what it holds.
 */
export class RenderedProvenance extends ViewWidget implements IRenderMime.IRenderer {
  constructor(
    private readonly _options: IRenderMime.IRendererOptions,
    private readonly _host: ProvenanceHost,
  ) {
    super();
    this.addClass('stemma-Rendered');
    this._trans = _options.translator?.load(PACKAGE) ?? english;
    this._source = new OutputSource(this.node, _host);
    this._model = new ProvenanceModel(this._source);
    this._forget = _host.shown.add(this);
  }

  get view(): MountedView | null {
    return this._view;
  }

  get notebook(): NotebookPanel | null {
    return this._source.live?.panel ?? null;
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { mimeType } = this._options;
    const data: unknown = model.data[mimeType];
    if (!isDocument(data)) {
      this._leave();
      this.node.replaceChildren(noDocument(data, this._trans));
      return Promise.resolve();
    }
    const metadata = model.metadata[mimeType] as { whole?: unknown } | undefined;
    this._source.isWhole = metadata?.whole === true;
    // Of a file nobody says whether it is the whole of a session.
    this._lead = metadata?.whole === false ? 'samples' : 'graph';
    this._source.load(data);
    if (!this._view) {
      this._enter();
    }
    return Promise.resolve();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._leave();
      this._forget();
      this._model.dispose();
      super.dispose();
    }
  }

  private _enter(): void {
    const host = h('div');
    this.node.replaceChildren(host);
    this._view = mount(host, {
      source: this._model,
      translate: this._trans,
      actions: this._actions(),
      preferences: this._host.preferences,
      lead: this._lead,
    });
    this.follow();
  }

  /** The source looks for its notebook once the output stands in it. */
  protected override follow(): void {
    if (!this.isVisible) {
      this._view?.hide();
      return;
    }
    this._view?.show();
    if (this.node.closest('.jp-OutputArea')) {
      // Else the notebook would take the arrow keys, and go to another cell.
      this.node.querySelector('[role="tree"]')?.setAttribute('data-lm-suppress-shortcuts', 'true');
    }
  }

  private _leave(): void {
    this._view?.dispose();
    this._view = null;
  }

  private _actions(): Actions {
    const source = this._source;
    return {
      get revealCell() {
        const notebook = source.live;
        return notebook && ((cell: CellRef, line?: number) => revealCell(notebook.panel, cell, line));
      },
      openMenu: this._host.shown.openMenu,
    };
  }

  private readonly _trans: Translate;
  private readonly _source: OutputSource;
  private readonly _model: ProvenanceModel;
  private _view: MountedView | null = null;
  private _lead: MountOptions['lead'] = 'graph';
  private readonly _forget: () => void;
}

function noDocument(data: unknown, trans: Translate): HTMLElement {
  const host = h('div', 'stemma-Root stemma-Empty');
  const newer = newerVersion(data);
  if (newer !== null) {
    host.append(h('h2', 'stemma-Empty-title', trans.__('This document needs a newer Stemma')));
    host.append(
      h('p', '', trans.__('It has version %1 of the format; this Stemma reads 1.x. Update Stemma to see it.', newer)),
    );
    return host;
  }
  host.append(h('h2', 'stemma-Empty-title', trans.__('Not a Stemma provenance document')));
  host.append(h('p', '', trans.__('Expected an object with format “stemma-provenance”, version 1.')));
  return host;
}
