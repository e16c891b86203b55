import type { DurationFormat } from '../format/duration';
import type { GraphModel } from '../graph/graph-model';
import type { Comparison } from '../model/comparison';
import type { ColorBy, Preferences } from '../model/preferences';
import type { ProvenanceStore } from '../model/store';
import type { CellRef } from 'stemma-document';
import type { UiState } from '../model/ui-state';

/** Translates a text; `%1` … stand for the arguments. JupyterLab's bundles fit it. */
export interface Translate {
  __(text: string, ...args: unknown[]): string;
  _n(singular: string, plural: string, count: number, ...args: unknown[]): string;
}

/**
 * What views ask their host to do. The views offer no button for what is missing or null; `revealCell` may come and go
 * while they are shown.
 */
export interface Actions {
  /** Scroll the notebook to the cell, and mark a line of it, counted from 1; false where it is gone. */
  readonly revealCell?: ((cell: CellRef, line?: number) => boolean) | null;
  readonly exportDocument?: (() => void) | null;
  /** The host's keys for what can be done here, as they are set now. */
  readonly keys?: (() => readonly KeyHelp[]) | null;
  /** Open a menu with everything else that can be done, at a place on the screen. */
  readonly openMenu?: ((x: number, y: number) => void) | null;
}

/** What keys do. */
export interface KeyHelp {
  /** As they are printed on a keyboard, e.g. `F`; each of them does it. */
  keys: readonly string[];
  label: string;
}

/** All that a view gets. It knows neither JupyterLab nor the kernel. */
export interface ViewContext {
  store: ProvenanceStore;
  graph: GraphModel;
  ui: UiState;
  preferences: Preferences;
  durations: DurationFormat;
  trans: Translate;
  actions: Actions;
  /** Which half stands first. */
  lead: Lead;
  /** Where two records are shown as one graph. */
  comparison: Comparison | null;
}

/**
 * The graph first, with details below; or the samples of the stream at its end, as the value of a cell is looked at.
 */
export type Lead = 'graph' | 'samples';

/** By what the nodes are coloured: in a comparison by that alone, which looks like colours by state. */
export function colorByOf({ comparison, preferences }: ViewContext): ColorBy {
  return comparison === null ? preferences.current.colorBy : 'state';
}

/** English, for hosts without translations. */
export const english: Translate = {
  __: (text, ...args) => fill(text, args),
  _n: (singular, plural, count, ...args) => fill(count === 1 ? singular : plural, [count, ...args]),
};

function fill(text: string, args: readonly unknown[]): string {
  return text.replace(/%(\d)/g, (_, i: string) => String(args[Number(i) - 1] ?? ''));
}
