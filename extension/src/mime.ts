import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import {
  type CellRef,
  english,
  GraphModel,
  h,
  isDocument,
  PanelView,
  type ProvenanceDocument,
  ProvenanceStore,
  type Translate,
  UiState,
} from 'stemma-views';
import { stemmaIcon } from './lab/icon';
import { liveNotebooks } from './lab/live-notebooks';
import { PACKAGE } from './lab/names';
import type { NotebookProvenance } from './lab/notebook-provenance';
import { OutputLink } from './lab/output-link';
import { revealCell as revealCellIn } from './lab/reveal-cell';
import { shownViews, type IShownModel, type IShownView } from './lab/shown-views';

/** A provenance document as the value of a cell or the content of a file. */
export const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';

/**
 * Draws a provenance document with the views of the side panel: in a cell's output, or as a file.
 *
 * Life cycle: `renderModel` is called again when the output is updated; the same view then shows the newer document. In a notebook whose kernel made the document it follows that kernel while it is on
 * the screen; else, and afterwards, it shows what it holds.
 */
export class RenderedProvenance extends Widget implements IRenderMime.IRenderer, IShownView {
  constructor(private readonly _options: IRenderMime.IRendererOptions) {
    super();
    this.addClass('stemma-Rendered');
    this._trans = _options.translator?.load(PACKAGE) ?? english;
  }

  get view(): PanelView | null {
    return this._view;
  }

  get model(): IShownModel {
    const { _store: store, _graph: graph, _ui: ui, _notebook } = this;
    return { store, graph, ui, panel: _notebook?.panel ?? null };
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { mimeType } = this._options;
    const data: unknown = model.data[mimeType];
    if (isDocument(data) && this._outputLink?.isLive && data.session.id === this._document?.session.id) {
      // The kernel's comm has told more than this, and sooner.
      this._document = data;
      return Promise.resolve();
    }
    this._unlink();
    if (!isDocument(data)) {
      this._leave();
      this.node.replaceChildren(noDocument(this._trans));
      return Promise.resolve();
    }
    this._document = data;
    const metadata = model.metadata[mimeType] as { whole?: unknown } | undefined;
    this._isWhole = metadata?.whole === true;
    this._store.setConnection({ state: 'saved' });
    this._store.replace(data);
    if (!this._view) {
      this._draw(null);
    }
    this._link();
    return Promise.resolve();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._unlink();
      this._leave();
      this._forget();
      this._graph.dispose();
      super.dispose();
    }
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._link();
  }

  protected override onBeforeDetach(message: Message): void {
    super.onBeforeDetach(message);
    this._unlink();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._view?.show();
    this._link();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._view?.hide();
    this._unlink();
  }

  private _link(): void {
    // A file is what it is, also while the kernel that made it goes on.
    const isOutput = this.node.closest('.jp-OutputArea') !== null;
    if (this._outputLink || !this._document || !this.isVisible || !isOutput) {
      return;
    }
    const { node, _document: document, _isWhole: whole, _store: store, _ui: ui } = this;
    this._outputLink = new OutputLink({ node, document, whole, store, ui, onChange: (model) => this._draw(model) });
  }

  private _unlink(): void {
    this._outputLink?.dispose();
    this._outputLink = null;
  }

  private _draw(model: NotebookProvenance | null): void {
    this._leave();
    this._notebook = model;
    const host = h('div');
    this.node.replaceChildren(host);
    const revealCell = model ? (cell: CellRef): boolean => revealCellIn(model.panel, cell) : null;
    const { _store: store, _graph: graph, _ui: ui } = this;
    this._view = new PanelView(host, {
      store,
      graph,
      ui,
      trans: this._trans,
      preferences: liveNotebooks.preferences,
      actions: { revealCell, exportDocument: null, openMenu: shownViews.openMenu },
    });
    if (this.node.closest('.jp-OutputArea')) {
      // Else the notebook would take the arrow keys, and go to another cell.
      host.querySelector('[role="tree"]')?.setAttribute('data-lm-suppress-shortcuts', 'true');
    }
  }

  private _leave(): void {
    this._view?.dispose();
    this._view = null;
  }

  private readonly _trans: Translate;
  private readonly _store = new ProvenanceStore();
  private readonly _graph = new GraphModel(this._store);
  private readonly _ui = new UiState();
  private _document: ProvenanceDocument | null = null;
  private _isWhole = false;
  private _outputLink: OutputLink | null = null;
  private _view: PanelView | null = null;
  private _notebook: NotebookProvenance | null = null;
  private readonly _forget = shownViews.add(this);
}

function noDocument(trans: Translate): HTMLElement {
  const host = h('div', 'stemma-Root stemma-Empty');
  host.append(h('h2', 'stemma-Empty-title', trans.__('This is no provenance document of Stemma')));
  host.append(h('p', '', trans.__('Expected an object with the format “stemma-provenance”, version 1.')));
  return host;
}

const extension: IRenderMime.IExtension = {
  id: 'jupyterlab-stemma:mime',
  description: 'Shows provenance documents in cells and as files.',
  rendererFactory: {
    // Nothing of the data is ever markup or code, so untrusted notebooks may be shown too.
    safe: true,
    mimeTypes: [MIME_TYPE],
    createRenderer: (options) => new RenderedProvenance(options),
  },
  rank: 0,
  dataType: 'json',
  fileTypes: [
    {
      name: 'stemma-provenance',
      displayName: 'Provenance',
      extensions: ['.provenance.json', '.stemma.json'],
      mimeTypes: [MIME_TYPE],
      // JupyterLab serialises file types, which a LabIcon itself does not survive.
      icon: { name: stemmaIcon.name, svgstr: stemmaIcon.svgstr },
    },
  ],
  documentWidgetFactoryOptions: {
    name: 'Provenance',
    primaryFileType: 'stemma-provenance',
    fileTypes: ['stemma-provenance', 'json'],
    defaultFor: ['stemma-provenance'],
  },
};
export default extension;
