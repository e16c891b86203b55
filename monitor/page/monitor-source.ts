import type { DocumentSink, DocumentSource } from 'stemma-views';
import type { PatchEvent, SnapshotEvent, StatusEvent } from '../src/api/types';
import type { MonitorConnection } from './event-feed';
import { SampleFetcher } from './samples';

const REPORTS = { state: 'live', blockedSinceMs: null } as const;

/** What the monitor's events say of one session, or of all of them merged: the page passes each event on to it. */
export class MonitorSource implements DocumentSource {
  /** Set by `connect`, which the model calls at once. */
  #sink!: DocumentSink;
  #samples!: SampleFetcher;
  #connection: MonitorConnection = { state: 'live' };
  #status: Pick<StatusEvent, 'state' | 'blockedSinceMs'> = REPORTS;
  #isDisposed = false;

  /** `session`: its id; null for all of them merged. */
  constructor(private readonly session: string | null) {}

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  connect(sink: DocumentSink): void {
    this.#sink = sink;
    this.#samples = new SampleFetcher(this.session, sink);
  }

  setShown(): void {
    // The events come for all sessions, shown or not: the page needs them to know which have recorded something.
  }

  watch(artifacts: readonly string[]): void {
    this.#samples.watch(artifacts);
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  set connection(connection: MonitorConnection) {
    this.#connection = connection;
    this.#reportConnection();
  }

  snapshot({ createdMs, document }: Pick<SnapshotEvent, 'createdMs' | 'document'>): void {
    this.#sink.noteClock(createdMs);
    this.status(REPORTS);
    this.#sink.replace(document);
    this.#samples.changed();
  }

  patch(event: Omit<PatchEvent, 'session'>): void {
    this.#sink.noteClock(event.createdMs);
    this.#sink.apply(event);
  }

  /** These artifacts have other samples now; without a list, any may have. */
  samplesChanged(artifacts?: readonly string[]): void {
    this.#samples.changed(artifacts);
  }

  status({ state, blockedSinceMs }: Pick<StatusEvent, 'state' | 'blockedSinceMs'>): void {
    this.#status = { state, blockedSinceMs };
    this.#reportConnection();
  }

  /** Whether the monitor can be heard, and whether it hears the program. */
  #reportConnection(): void {
    const { state, blockedSinceMs } = this.#status;
    const isGone = this.#connection.state === 'live' && state !== 'live';
    this.#sink.setConnection(isGone ? { state: 'dead' } : this.#connection);
    this.#sink.setKernel({ cell: null, busySinceMs: blockedSinceMs, blockedSinceMs });
  }
}
