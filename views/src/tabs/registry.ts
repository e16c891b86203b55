import { detailsTab } from './details';
import type { Lead } from '../elements/context';
import type { PanelTab } from './panel-tab';
import { problemsTab } from './problems';
import { samplesTab } from './samples';
import { environmentTab } from './session';
import { timingsTab } from './timings';

/** The tabs of the panel, in their order. The first is shown at the beginning. A new tab needs only a line here. */
export const TABS: readonly PanelTab[] = [detailsTab, timingsTab, problemsTab, environmentTab];

/** The tabs where this stands first. */
export const tabsOf = (lead: Lead): readonly PanelTab[] => (lead === 'samples' ? [samplesTab, ...TABS] : TABS);
