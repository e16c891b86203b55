import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IProvenance } from '../tokens';
import { type Actions, h, PanelView } from 'stemma-views';
import { stemmaIcon } from './icon';
import type { NotebookProvenance } from './notebook-provenance';

/** Id of the side panel in JupyterLab's layout. */
export const PANEL_ID = 'jupyterlab-stemma-panel';

/**
 * The side panel: the view of the current notebook's provenance.
 *
 * Life cycle: follows the service; makes a view for the current notebook when it is shown, and none before. While it is hidden no kernel sends it anything.
 */
export class ProvenancePanel extends Widget {
  constructor(options: ProvenancePanel.IOptions) {
    super();
    this._options = options;
    const { trans, provenance } = options;
    this.id = options.id;
    this.addClass('stemma-PanelWidget');
    this.title.icon = stemmaIcon;
    this.title.caption = trans.__('Provenance');
    this.title.dataset = { jpTabLabel: trans.__('Provenance') };
    this.node.setAttribute('role', 'region');
    this.node.tabIndex = -1;
    this.node.setAttribute('aria-label', trans.__('Provenance'));
    provenance.currentChanged.connect(this._follow, this);
  }

  /** The provenance that it shows; null while no notebook is open, or it is hidden and was never shown. */
  get model(): NotebookProvenance | null {
    return this._model;
  }

  /** The view of the current notebook, once it has been shown. */
  get view(): PanelView | null {
    return this._view;
  }

  /** Give it the keyboard: to its graph, where there is one. */
  focus(): void {
    this.node.focus();
    this._view?.focus();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.clearData(this);
      this._leave();
      super.dispose();
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._follow();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._follow();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._rest();
  }

  protected override onBeforeDetach(message: Message): void {
    super.onBeforeDetach(message);
    this._rest();
  }

  private _rest(): void {
    this._view?.hide();
    this._release();
    this._release = idle;
  }

  private _follow(): void {
    if (!this.isVisible) {
      return;
    }
    const model = this._options.provenance.current;
    if (model !== this._model || (!this._view && model) || (!model && !this.node.firstChild)) {
      this._leave();
      this._model = model;
      this._enter();
    }
    // Taken before the other is given back: else the kernel would be told to pause and to go on.
    const release = model?.show() ?? idle;
    this._release();
    this._release = release;
    this._view?.show();
  }

  private _enter(): void {
    const { trans, actions, provenance } = this._options;
    const host = h('div');
    this.node.replaceChildren(host);
    if (!this._model) {
      host.className = 'stemma-Root stemma-Panel';
      host.dataset['stemmaState'] = 'no-notebook';
      host.append(noNotebook(trans));
      return;
    }
    const { store, graph, ui } = this._model;
    this._view = new PanelView(host, {
      store,
      graph,
      ui,
      trans,
      actions: actions(this._model),
      preferences: provenance.preferences,
    });
  }

  private _leave(): void {
    this._view?.dispose();
    this._view = null;
    this._release();
    this._model = null;
    this.node.replaceChildren();
  }

  private readonly _options: ProvenancePanel.IOptions;
  private _model: NotebookProvenance | null = null;
  private _view: PanelView | null = null;
  private _release: () => void = idle;
}

function idle(): void {
  // Nothing is shown.
}

/** Options of {@link ProvenancePanel}. */
export namespace ProvenancePanel {
  export interface IOptions {
    id: string;
    provenance: IProvenance;
    trans: TranslationBundle;
    /** What the views of this notebook may ask for. */
    actions(model: NotebookProvenance): Actions;
  }
}

function noNotebook(trans: TranslationBundle): HTMLElement {
  const box = h('div', 'stemma-Empty');
  box.append(
    h('h2', 'stemma-Empty-title', trans.__('No notebook is open')),
    h(
      'p',
      '',
      trans.__(
        'Open a notebook with the kernel “TypeScript (Stemma)”. Its pipelines appear here, step by step, while they run.',
      ),
    ),
  );
  return box;
}
