import type { GoneEvent, PatchEvent, Problem, SamplesEvent, SnapshotEvent, StatusEvent } from '../src/api/types';

/** `refused`: it needs another token, such as a monitor that was restarted. */
export type MonitorConnection = { state: 'live' } | { state: 'disconnected' } | { state: 'refused'; reason: string };

export interface EventListeners {
  snapshot(event: SnapshotEvent): void;
  patch(event: PatchEvent): void;
  samples(event: SamplesEvent): void;
  status(event: StatusEvent): void;
  gone(event: GoneEvent): void;
  /** Whether the monitor can be heard. */
  connection(connection: MonitorConnection): void;
}

const RETRY_MS = 2_000;

/**
 * Follows the monitor's events for as long as the page lives. The browser itself comes again after a break, and says
 * what it had.
 */
export function followEvents(listeners: EventListeners): void {
  const source = new EventSource('/api/v1/events');
  const on = <K extends 'snapshot' | 'patch' | 'samples' | 'status' | 'gone'>(kind: K): void =>
    source.addEventListener(kind, (event) =>
      listeners[kind](JSON.parse((event as MessageEvent<string>).data) as never),
    );
  on('snapshot');
  on('patch');
  on('samples');
  on('status');
  on('gone');
  source.addEventListener('open', () => listeners.connection({ state: 'live' }));
  source.addEventListener('error', () => {
    listeners.connection({ state: 'disconnected' });
    // Refused, not only interrupted: the browser has given up.
    if (source.readyState === EventSource.CLOSED) void comeAgain(listeners);
  });
}

/** The browser does not say why it was refused: another request does. */
async function comeAgain(listeners: EventListeners): Promise<void> {
  const reason = await refusal();
  if (reason === null) setTimeout(() => followEvents(listeners), RETRY_MS);
  else listeners.connection({ state: 'refused', reason });
}

/** Null where it was not the token. */
async function refusal(): Promise<string | null> {
  try {
    const response = await fetch('/api/v1/health');
    return response.status === 401 ? ((await response.json()) as Problem).detail : null;
  } catch {
    return null;
  }
}
