import { type Actions, english, type Lead, type Translate } from '../elements/context';
import { DurationFormat } from '../format/duration';
import { endStream } from '../model/end-stream';
import type { IDisposable } from '../model/disposable';
import { Preferences } from '../model/preferences';
import type { DocumentSource } from '../model/source';
import { PanelView } from '../panel/panel';
import { samplesTab } from '../tabs/samples';
import { ProvenanceModel } from './provenance-model';

/** Options of {@link mount}. */
export interface MountOptions {
  /** Where the document comes from; or a model, which several views can share and which outlives them. */
  source: DocumentSource | ProvenanceModel;
  /** English where it is left out. */
  translate?: Translate;
  /** What the host can do. The views offer no button for what is left out. */
  actions?: Actions;
  /** What a person chose for all views of the host. */
  preferences?: Preferences;
  /** What stands first: the graph, unless this says `samples` and the document is of what leads to one stream. */
  lead?: Lead;
}

/** What a host can ask the panel to do. */
export type Panel = Pick<
  PanelView,
  'find' | 'fit' | 'focus' | 'isWide' | 'mermaid' | 'picture' | 'showLegend' | 'svg' | 'tidy'
>;

/** A view that is on the page. */
export interface MountedView extends IDisposable {
  readonly model: ProvenanceModel;
  readonly panel: Panel;
  /** It is on the screen: at first, and again after {@link MountedView.hide}. */
  show(): void;
  /** It is not on the screen: draw nothing, and let the source rest if nothing else shows its model. */
  hide(): void;
}

/**
 * Shows a provenance document in an element and keeps it up to date. The element is emptied first, and again when the
 * view is disposed.
 *
 * Throws what drawing throws where the document lacks a part; nothing is left behind then.
 */
export function mount(element: HTMLElement, options: MountOptions): MountedView {
  const { source } = options;
  const isShared = source instanceof ProvenanceModel;
  const model = isShared ? source : new ProvenanceModel(source);
  try {
    return new Mounted(element, model, isShared, options);
  } catch (error) {
    element.replaceChildren();
    if (!isShared) {
      model.dispose();
    }
    throw error;
  }
}

class Mounted implements MountedView {
  constructor(
    element: HTMLElement,
    readonly model: ProvenanceModel,
    private readonly _isShared: boolean,
    { translate = english, actions = {}, preferences = new Preferences(), ...options }: MountOptions,
  ) {
    const lead = options.lead === 'samples' && endStream(model.store) !== null ? 'samples' : 'graph';
    if (lead === 'samples') {
      model.ui.tab = samplesTab.id;
    }
    this.panel = new PanelView(element, {
      store: model.store,
      graph: model.graph,
      ui: model.ui,
      trans: translate,
      actions,
      preferences,
      durations: new DurationFormat(() => preferences.current.timeUnit),
      lead,
      comparison: model.comparison,
    });
    this._release = model.show();
  }

  readonly panel: PanelView;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  show(): void {
    if (!this._isDisposed) {
      this._release ??= this.model.show();
      this.panel.show();
    }
  }

  hide(): void {
    this.panel.hide();
    this._release?.();
    this._release = null;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.hide();
      this.panel.dispose();
      if (!this._isShared) {
        this.model.dispose();
      }
    }
  }

  private _release: (() => void) | null;
  private _isDisposed = false;
}
