import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { type Emitter, type Preferences, ProvenanceModel } from 'stemma-views';
import { KernelSource } from '../kernel/kernel-source';
import { headingAbove } from './heading-above';
import { OutputSettler } from './output-settler';

/**
 * The provenance of one notebook, as its kernel records it.
 *
 * Life cycle: made when the notebook opens, disposed with it.
 */
export class NotebookProvenance extends ProvenanceModel {
  constructor(
    readonly panel: NotebookPanel,
    preferences: Preferences,
  ) {
    const source = new KernelSource(panel.sessionContext, preferences);
    super(source);
    this._kernel = source;
    this.store.cellTitle = (cell) => headingAbove(panel, cell);
    panel.content.activeCellChanged.connect(this._onActiveCell, this);
    this._onActiveCell();
    this._settler = new OutputSettler(panel, this.store);
  }

  /** Whether a kernel that records is connected. */
  get records(): boolean {
    return this._kernel.client !== null;
  }

  /** A kernel that records was connected. */
  get connected(): Emitter<void> {
    return this._kernel.connected;
  }

  override dispose(): void {
    Signal.clearData(this);
    this._settler.dispose();
    super.dispose();
  }

  private _onActiveCell(): void {
    this.ui.activeCell = this.panel.content.activeCell?.model.id ?? null;
  }

  private readonly _kernel: KernelSource;
  private readonly _settler: OutputSettler;
}
