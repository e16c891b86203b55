import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { type Actions, h, mount, type MountedView } from 'stemma-views';
import type { IProvenance } from '../host/tokens';
import { stemmaIcon } from '../lab/icon';
import type { NotebookProvenance } from '../notebook/notebook-provenance';
import { ViewWidget } from '../host/view-widget';

/** Id of the side panel in JupyterLab's layout. */
export const PANEL_ID = 'jupyterlab-stemma-panel';

/**
 * The side panel: the view of the current notebook's provenance.
 *
 * Life cycle: follows the service; mounts a view of the current notebook when it is shown, and none before. While it is
 * hidden no kernel sends it anything.
 */
export class ProvenancePanel extends ViewWidget {
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
    provenance.currentChanged.connect(this.follow, this);
  }

  get notebook(): NotebookPanel | null {
    return this._model?.panel ?? null;
  }

  /** The view of the current notebook, once it has been shown. */
  get view(): MountedView | null {
    return this._view;
  }

  /** Give it the keyboard: to its graph, where there is one. */
  focus(): void {
    this.node.focus();
    this._view?.panel.focus();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.clearData(this);
      this._leave();
      super.dispose();
    }
  }

  protected override follow(): void {
    if (!this.isVisible) {
      return;
    }
    const { provenance, actions, trans } = this._options;
    const model = provenance.current;
    if (model !== this._model || !this.node.firstChild) {
      this._leave();
      this._model = model;
      const host = h('div');
      this.node.append(host);
      if (model) {
        const { preferences } = provenance.host;
        this._view = mount(host, { source: model, translate: trans, actions: actions(model), preferences });
      } else {
        showNoNotebook(host, trans);
      }
    }
    this._view?.show();
  }

  private _leave(): void {
    this._view?.dispose();
    this._view = null;
    this._model = null;
    this.node.replaceChildren();
  }

  private readonly _options: ProvenancePanel.IOptions;
  private _model: NotebookProvenance | null = null;
  private _view: MountedView | null = null;
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

function showNoNotebook(host: HTMLElement, trans: TranslationBundle): void {
  host.className = 'stemma-Root stemma-Panel';
  host.dataset['stemmaState'] = 'no-notebook';
  const box = h('div', 'stemma-Empty');
  box.append(
    h('h2', 'stemma-Empty-title', trans.__('No notebook is open')),
    h(
      'p',
      '',
      trans.__('Open a notebook with the kernel “TypeScript (Stemma)”. Its pipelines appear here while they run.'),
    ),
  );
  host.append(box);
}
