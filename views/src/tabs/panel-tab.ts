import type { Translate, ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import type { ProvenanceStore } from '../model/store';

/** A part of the lower half of the panel. */
export interface PanelTab {
  /** In commands, shortcuts and tests: never translated. */
  readonly id: string;
  title(trans: Translate): string;
  /** Draw the tab's content; called when it is first shown. */
  view(host: HTMLElement, context: ViewContext): View;
  /** A count beside the title; none is shown where it is 0. */
  badge?(store: ProvenanceStore): number;
  /** Whether the badge is red, since a run has failed. */
  isSerious?(store: ProvenanceStore): boolean;
}
