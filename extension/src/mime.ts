import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { GraphModel } from './graph/graph-model';
import { stemmaIcon } from './lab/icon';
import { isDocument } from './model/is-document';
import { ProvenanceStore } from './model/store';
import { UiState } from './model/ui-state';
import { english } from './views/context';
import { h } from './views/dom';
import { PanelView } from './views/panel';

/** A provenance document as the value of a cell or the content of a file. */
export const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';

/**
 * Draws a provenance document with the views of the side panel, without a kernel: in a cell's output, or as a file.
 *
 * Life cycle: `renderModel` is called again when the output is updated; the same view then shows the newer document.
 */
export class RenderedProvenance extends Widget implements IRenderMime.IRenderer {
  constructor(private readonly _options: IRenderMime.IRendererOptions) {
    super();
    this.addClass('stemma-Rendered');
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const data: unknown = model.data[this._options.mimeType];
    if (!isDocument(data)) {
      this._leave();
      const host = h('div', 'stemma-Root stemma-Empty');
      host.append(h('h2', 'stemma-Empty-title', 'This is no provenance document of Stemma'));
      host.append(h('p', '', 'Expected an object with the format “stemma-provenance”, version 1.'));
      this.node.replaceChildren(host);
      return;
    }
    this._store.setConnection({ state: 'saved' });
    this._store.replace(data);
    if (!this._view) {
      const host = h('div');
      this.node.replaceChildren(host);
      const actions = { revealCell: null, exportDocument: null };
      const { _store: store, _graph: graph, _ui: ui } = this;
      this._view = new PanelView(host, { store, graph, ui, trans: english, actions });
    }
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._leave();
      this._graph.dispose();
      super.dispose();
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._view?.show();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._view?.hide();
  }

  private _leave(): void {
    this._view?.dispose();
    this._view = null;
  }

  private readonly _store = new ProvenanceStore();
  private readonly _graph = new GraphModel(this._store);
  private readonly _ui = new UiState();
  private _view: PanelView | null = null;
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
