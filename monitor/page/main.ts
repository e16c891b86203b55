/** The monitor's page: one panel for each session, side by side. */
import { h } from '../../extension/src/views/dom';
import { followEvents } from './event-feed';
import { SessionPanel } from './session-panel';

const host = document.getElementById('monitor') as HTMLElement;
const message = h('p', 'stemma-Monitor-message', 'Connecting to the monitor …');
const panels = new Map<string, SessionPanel>();
host.append(message);

/** A session that recorded nothing is of interest only while there is no other. */
function arrange(): void {
  const all = [...panels.values()];
  const recorded = all.filter((panel) => panel.hasRecorded);
  const shown = new Set(recorded.length > 0 ? recorded : all.slice(0, 1));
  for (const panel of all) {
    panel.element.hidden = !shown.has(panel);
    panel.isTitled = shown.size > 1;
  }
  message.hidden = shown.size > 0;
}

followEvents({
  snapshot: (event) => {
    let panel = panels.get(event.session);
    if (panel === undefined) {
      panel = new SessionPanel(event.session);
      panels.set(event.session, panel);
      host.append(panel.element);
    }
    panel.snapshot(event);
    arrange();
  },
  patch: (event) => {
    const panel = panels.get(event.session);
    const wasEmpty = panel?.hasRecorded === false;
    panel?.patch(event);
    if (wasEmpty) arrange();
  },
  samples: ({ session, artifacts }) => panels.get(session)?.samplesChanged(artifacts),
  status: (event) => panels.get(event.session)?.status(event),
  gone: ({ session }) => {
    panels.get(session)?.dispose();
    panels.delete(session);
    arrange();
  },
  connected: (isConnected) => {
    for (const panel of panels.values()) panel.isConnected = isConnected;
  },
});
