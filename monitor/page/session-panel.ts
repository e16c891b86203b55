import { GraphModel, h, PanelView, Preferences, ProvenanceStore, setText, UiState } from 'stemma-views';
import type { PatchEvent, SamplePage, SnapshotEvent, StatusEvent } from '../src/api/types';
import type { MonitorConnection } from './event-feed';
import { wording } from './wording';

const REPORTS = { state: 'live', blockedSinceMs: null } as const;

/** One session on the page, or all of them merged: the views of the panel, with samples fetched while they are on show. */
export class SessionPanel {
  readonly element = h('section', 'stemma-Monitor-session');
  readonly #store = new ProvenanceStore();
  readonly #ui = new UiState();
  readonly #graph = new GraphModel(this.#store);
  readonly #view: PanelView;
  readonly #title = h('h1', 'stemma-Monitor-title');
  readonly #name = h('span');
  readonly #id: string | null;
  #watched: readonly string[] = [];
  #connection: MonitorConnection = { state: 'live' };
  #status: Pick<StatusEvent, 'state' | 'blockedSinceMs'> = REPORTS;

  /** `id`: of the session; null for all of them. */
  constructor(id: string | null) {
    this.#id = id;
    this.#title.append(this.#name, h('small', '', id?.slice(0, 8) ?? ''));
    const host = h('div', 'stemma-Monitor-panel');
    this.element.append(this.#title, host);
    this.#view = new PanelView(host, {
      store: this.#store,
      graph: this.#graph,
      ui: this.#ui,
      trans: wording,
      preferences: new Preferences(),
      actions: { revealCell: null, exportDocument: () => this.#export(), openMenu: null },
    });
    this.#ui.watchedChanged.on((artifacts) => {
      const added = artifacts.filter((artifact) => !this.#watched.includes(artifact));
      this.#watched = artifacts;
      this.#fetchSamples(added);
    });
  }

  get hasRecorded(): boolean {
    return !this.#store.isEmpty;
  }

  /** Whether its name is shown: one alone needs none. */
  set isTitled(isTitled: boolean) {
    this.#title.hidden = !isTitled;
  }

  set connection(connection: MonitorConnection) {
    this.#connection = connection;
    this.#tell();
  }

  snapshot({ createdMs, document }: Pick<SnapshotEvent, 'createdMs' | 'document'>): void {
    const name = document.session.notebook ?? 'session';
    setText(this.#name, name);
    this.element.setAttribute('aria-label', name);
    this.#store.noteClock(createdMs);
    this.status(REPORTS);
    this.#store.replace(document);
    this.#fetchSamples(this.#watched);
  }

  patch(event: Omit<PatchEvent, 'session'>): void {
    this.#store.noteClock(event.createdMs);
    this.#store.apply(event);
  }

  samplesChanged(artifacts: readonly string[]): void {
    this.#fetchSamples(artifacts.filter((artifact) => this.#watched.includes(artifact)));
  }

  status({ state, blockedSinceMs }: Pick<StatusEvent, 'state' | 'blockedSinceMs'>): void {
    this.#status = { state, blockedSinceMs };
    this.#tell();
  }

  /** Look for the samples on show again: any may have changed. */
  refreshSamples(): void {
    this.#fetchSamples(this.#watched);
  }

  dispose(): void {
    this.#view.dispose();
    this.#graph.dispose();
    this.element.remove();
  }

  /** What the views say of the connection: whether the monitor can be heard, and whether it hears the program. */
  #tell(): void {
    const { state, blockedSinceMs } = this.#status;
    const isGone = this.#connection.state === 'live' && state !== 'live';
    this.#store.setConnection(isGone ? { state: 'dead' } : this.#connection);
    this.#store.setKernel({ cell: null, busySinceMs: blockedSinceMs, blockedSinceMs });
  }

  /** The part of a query that says of what session. */
  get #within(): string {
    return this.#id === null ? '' : `&session=${encodeURIComponent(this.#id)}`;
  }

  #fetchSamples(artifacts: readonly string[]): void {
    for (const artifact of artifacts) void this.#fetchSamplesOf(artifact);
  }

  async #fetchSamplesOf(artifact: string): Promise<void> {
    const query = `limit=1000&inline=true${this.#within}`;
    try {
      const response = await fetch(`/api/v1/artifacts/${encodeURIComponent(artifact)}/samples?${query}`);
      if (response.ok) this.#store.setSamples(artifact, ((await response.json()) as SamplePage).items);
    } catch {
      // The monitor is away; the events say so, and a snapshot comes once it is back.
    }
  }

  /** The browser saves what it gets. */
  #export(): void {
    const link = document.createElement('a');
    link.href = `/api/v1/document?samples=true${this.#within}`;
    link.download = `${this.#id?.slice(0, 8) ?? 'merged'}.provenance.json`;
    link.click();
  }
}
