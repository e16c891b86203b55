import type { ProvenanceDocument } from 'stemma-views';
import { difference } from '../src/record/difference';
import type { MonitorConnection } from './event-feed';
import { SessionPanel } from './session-panel';

const EVERY_MS = 1_000;

/**
 * All sessions as one, merged by the monitor: made when it is first shown, fetched again while something changes and it
 * is on the screen.
 */
export class MergedPanel {
  #panel: SessionPanel | null = null;
  #document: ProvenanceDocument | null = null;
  #isShown = false;
  #isStale = true;
  #isWaiting = false;

  constructor(private readonly host: HTMLElement) {}

  set isShown(isShown: boolean) {
    this.#isShown = isShown;
    if (isShown && this.#panel === null) {
      this.#panel = new SessionPanel(null);
      this.#panel.isTitled = false;
      this.host.append(this.#panel.element);
    }
    if (this.#panel !== null) this.#panel.isShown = isShown;
    this.#schedule(0);
  }

  set connection(connection: MonitorConnection) {
    if (this.#panel !== null) this.#panel.source.connection = connection;
  }

  /** Some session has changed. */
  note(): void {
    this.#isStale = true;
    this.#schedule(EVERY_MS);
  }

  #schedule(afterMs: number): void {
    if (!this.#isShown || !this.#isStale || this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => void this.#fetch(), afterMs);
  }

  async #fetch(): Promise<void> {
    this.#isStale = false;
    try {
      const response = await fetch('/api/v1/document');
      if (response.ok) this.#take((await response.json()) as ProvenanceDocument);
    } catch {
      // The monitor is away; the next event says that it is back.
    }
    this.#isWaiting = false;
    this.#schedule(EVERY_MS);
  }

  #take(document: ProvenanceDocument): void {
    const createdMs = Date.parse(document.generatedAt);
    const before = this.#document;
    this.#document = document;
    if (before === null) {
      this.#panel?.snapshot({ createdMs, document });
      return;
    }
    const patch = difference(before, document);
    if (patch !== null) this.#panel?.source.patch({ createdMs, ...patch });
    this.#panel?.source.samplesChanged();
  }
}
