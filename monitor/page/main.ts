/** The monitor's page: one panel for each session, side by side, or one for all of them merged. */
import { h } from 'stemma-views';
import { followEvents } from './event-feed';
import { MergedPanel } from './merged-panel';
import { SessionPanel } from './session-panel';

const host = document.getElementById('monitor') as HTMLElement;
const bar = h('nav', 'stemma-Monitor-bar');
const sessions = h('main', 'stemma-Monitor-sessions');
const message = h('p', 'stemma-Monitor-message', 'Connecting to the monitor …');
const panels = new Map<string, SessionPanel>();
const merged = new MergedPanel(sessions);
let showsMerged = false;

function choice(text: string, isMerged: boolean): HTMLButtonElement {
  const button = h('button', 'stemma-Monitor-choice', text);
  button.addEventListener('click', () => {
    showsMerged = isMerged;
    arrange();
  });
  return button;
}
const choices = [choice('Side by side', false), choice('Merged', true)];
bar.append(...choices);
sessions.append(message);
host.append(bar, sessions);
arrange();

/** A session that recorded nothing is of interest only while there is no other. */
function arrange(): void {
  const all = [...panels.values()];
  const recorded = all.filter((panel) => panel.hasRecorded);
  const shown = new Set(recorded.length > 0 ? recorded : all.slice(0, 1));
  const isMerged = showsMerged && shown.size > 1;
  for (const panel of all) {
    panel.isShown = !isMerged && shown.has(panel);
    panel.isTitled = shown.size > 1;
  }
  merged.isShown = isMerged;
  bar.hidden = shown.size < 2;
  choices.forEach((button, index) => button.setAttribute('aria-pressed', String((index === 1) === isMerged)));
  message.hidden = shown.size > 0;
}

function forget(session: string): void {
  panels.get(session)?.dispose();
  panels.delete(session);
}

followEvents({
  snapshot: (event) => {
    for (const id of [...panels.keys()]) if (!event.sessions.includes(id)) forget(id);
    let panel = panels.get(event.session);
    if (panel === undefined) {
      panel = new SessionPanel(event.session);
      panels.set(event.session, panel);
      sessions.append(panel.element);
    }
    panel.snapshot(event);
    merged.note();
    arrange();
  },
  patch: (event) => {
    const panel = panels.get(event.session);
    const wasEmpty = panel?.hasRecorded === false;
    panel?.source.patch(event);
    merged.note();
    if (wasEmpty) arrange();
  },
  samples: ({ session, artifacts }) => {
    panels.get(session)?.source.samplesChanged(artifacts);
    merged.note();
  },
  status: (event) => panels.get(event.session)?.source.status(event),
  gone: ({ session }) => {
    forget(session);
    merged.note();
    arrange();
  },
  connection: (connection) => {
    for (const panel of panels.values()) panel.source.connection = connection;
    merged.connection = connection;
    if (connection.state === 'refused') message.textContent = connection.reason;
  },
});
