import type { DocumentSink } from 'stemma-views';
import type { SamplePage } from '../src/api/types';

/** The part of a query that limits it to one session; nothing for all of them merged. */
export const inSession = (session: string | null): string =>
  session === null ? '' : `&session=${encodeURIComponent(session)}`;

/** Keeps the samples that are on the screen up to date: the monitor sends them only when asked. */
export class SampleFetcher {
  #watched: readonly string[] = [];

  /** `session`: null for all of them merged. */
  constructor(
    private readonly session: string | null,
    private readonly sink: DocumentSink,
  ) {}

  /** Fetch the samples of these artifacts, and again when they change. Replaces the previous list. */
  watch(artifacts: readonly string[]): void {
    const added = artifacts.filter((artifact) => !this.#watched.includes(artifact));
    this.#watched = artifacts;
    this.#fetch(added);
  }

  /** These artifacts have other samples now; without a list, any may have. */
  changed(artifacts: readonly string[] = this.#watched): void {
    this.#fetch(artifacts.filter((artifact) => this.#watched.includes(artifact)));
  }

  #fetch(artifacts: readonly string[]): void {
    for (const artifact of artifacts) void this.#fetchOne(artifact);
  }

  async #fetchOne(artifact: string): Promise<void> {
    const query = `limit=1000&inline=true${inSession(this.session)}`;
    try {
      const response = await fetch(`/api/v1/artifacts/${encodeURIComponent(artifact)}/samples?${query}`);
      if (response.ok) this.sink.setSamples(artifact, ((await response.json()) as SamplePage).items);
    } catch {
      // The monitor is away; the events say so, and a snapshot comes once it is back.
    }
  }
}
