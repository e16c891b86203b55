import { Emitter } from './emitter';

/** How a person wants to see a table of samples. */
export interface TableChoices {
  /** Null: as the items came. */
  sort: { column: string; isDescending: boolean } | null;
  /** Names of the columns that are not shown. */
  hidden: Set<string>;
}

/** The tab that shows what is selected. */
const DETAILS = 'details';

/** Where a graph is looked at. */
export interface Camera {
  zoom: number;
  pan: { x: number; y: number };
  /** Of which picture of the graph it is. */
  picture: number;
  follows: Follows;
}

/**
 * What a camera does by itself: follow new nodes, keep the whole graph in view, or nothing, since a person moved it.
 */
export type Follows = 'new' | 'whole' | 'nothing';

/** What a person chose in one panel: kept for each notebook, so that coming back finds it. */
export class UiState {
  readonly changed = new Emitter<void>();
  /** The artifacts whose samples are on show have changed. */
  readonly watchedChanged = new Emitter<readonly string[]>();

  /** Id of the selected drawn node, or null. */
  get selected(): string | null {
    return this._selected;
  }

  select(id: string | null): void {
    if (id !== this._selected || this._traced !== null || (id !== null && this._tab !== DETAILS)) {
      this._selected = id;
      this._traced = null;
      if (id !== null) {
        this._tab = DETAILS;
      }
      this.changed.emit();
    }
  }

  /** Keep the choice where the selected node is drawn by another one now. */
  moveSelection(id: string): void {
    if (id !== this._selected) {
      this._selected = id;
      this.changed.emit();
    }
  }

  /** Origin of the item that is shown at every step, or null. */
  get traced(): string | null {
    return this._traced;
  }

  trace(origin: string | null): void {
    this._traced = origin;
    if (origin !== null) {
      this._tab = DETAILS;
    }
    this.changed.emit();
  }

  /** Id of the notebook's active cell, whose nodes are lit; null where there is no notebook. */
  get activeCell(): string | null {
    return this._activeCell;
  }

  set activeCell(id: string | null) {
    if (id !== this._activeCell) {
      this._activeCell = id;
      this.changed.emit();
    }
  }

  /** Whether everything is dimmed but what the selected node comes from and what comes from it. */
  get lineage(): boolean {
    return this._lineage;
  }

  set lineage(value: boolean) {
    this._lineage = value;
    this.changed.emit();
  }

  /** Id of the tab that is shown. */
  get tab(): string {
    return this._tab;
  }

  set tab(tab: string) {
    if (tab !== this._tab) {
      this._tab = tab;
      this.changed.emit();
    }
  }

  /** Ids of the artifacts whose samples some view shows. */
  get watched(): string[] {
    return [...new Set([...this._watches].flat())];
  }

  /** Show the samples of these artifacts, until the returned function is called. */
  watch(artifacts: readonly string[]): () => void {
    const entry = [...artifacts];
    this._watches.add(entry);
    this.watchedChanged.emit(this.watched);
    return () => {
      if (this._watches.delete(entry)) {
        this.watchedChanged.emit(this.watched);
      }
    };
  }

  /** The choices for the table of these artifacts' samples, to be changed in place. */
  tableOf(artifacts: readonly string[]): TableChoices {
    const key = artifacts.join();
    const choices = this._tables.get(key) ?? { sort: null, hidden: new Set() };
    this._tables.set(key, choices);
    return choices;
  }

  /** Where a person last looked at the graph; a view that is shown again looks there. */
  camera: Camera | null = null;

  private readonly _tables = new Map<string, TableChoices>();
  private readonly _watches = new Set<string[]>();
  private _selected: string | null = null;
  private _traced: string | null = null;
  private _activeCell: string | null = null;
  private _lineage = false;
  private _tab = DETAILS;
}
