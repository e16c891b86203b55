import type { GoneEvent, PatchEvent, SamplesEvent, SnapshotEvent, StatusEvent } from '../src/api/types';

export interface EventListeners {
  snapshot(event: SnapshotEvent): void;
  patch(event: PatchEvent): void;
  samples(event: SamplesEvent): void;
  status(event: StatusEvent): void;
  gone(event: GoneEvent): void;
  /** Whether the monitor can be heard. */
  connected(isConnected: boolean): void;
}

const RETRY_MS = 2_000;

/** Follows the monitor's events for as long as the page lives. The browser itself comes again after a break, and says what it had. */
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
  source.addEventListener('open', () => listeners.connected(true));
  source.addEventListener('error', () => {
    listeners.connected(false);
    // Refused, not only interrupted: the browser has given up.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => followEvents(listeners), RETRY_MS);
  });
}
