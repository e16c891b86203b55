import { detailsTab } from './details';
import { comparedTabs } from './compared';
import type { ViewContext } from '../elements/context';
import type { PanelTab } from './panel-tab';
import { problemsTab } from './problems';
import { samplesTab } from './samples';
import { environmentTab } from './session';
import { timingsTab } from './timings';

/** The tabs of the panel, in their order. The first is shown at the beginning. A new tab needs only a line here. */
export const TABS: readonly PanelTab[] = [detailsTab, timingsTab, problemsTab, environmentTab];

/** The tabs of what is shown: of a comparison others, and the samples first where they lead. */
export function tabsOf({ comparison, lead }: Pick<ViewContext, 'comparison' | 'lead'>): readonly PanelTab[] {
  if (comparison !== null) {
    return comparedTabs(comparison);
  }
  return lead === 'samples' ? [samplesTab, ...TABS] : TABS;
}
