import type { ProvenanceDocument, Sample } from 'stemma';
import { merge } from 'stemma-document';
import { type RecordedSession, withSamples } from './recorded-session';

/** One session, or several merged, in one state: what responses are made from. */
export class View {
  #merged: ProvenanceDocument | null = null;
  #mergedWithSamples: ProvenanceDocument | null = null;

  constructor(
    /** The same for the same content. */
    readonly tag: string,
    private readonly sessions: readonly RecordedSession[],
  ) {}

  /** Without samples. */
  get document(): ProvenanceDocument {
    return this.#only?.document ?? (this.#merged ??= this.#merge());
  }

  documentWithSamples(): ProvenanceDocument {
    return this.#only?.documentWithSamples() ?? (this.#mergedWithSamples ??= this.#mergeWithSamples());
  }

  samples(artifact: string): readonly Sample[] {
    const only = this.#only;
    if (only !== null) return only.samples(artifact);
    return this.documentWithSamples().artifacts.find(({ id }) => id === artifact)?.execution.samples ?? [];
  }

  /** Age in seconds of the stalest live session; ended sessions count only if no session is live. */
  ageSeconds(): number {
    const live = this.sessions.filter(({ state }) => state === 'live');
    const heard = (sessions: readonly RecordedSession[]): number[] => sessions.map(({ heardMs }) => heardMs);
    const spokeMs = live.length > 0 ? Math.min(...heard(live)) : Math.max(...heard(this.sessions));
    return Math.max(0, Math.floor((Date.now() - spokeMs) / 1_000));
  }

  get #only(): RecordedSession | null {
    return this.sessions.length === 1 ? this.sessions[0]! : null;
  }

  /** How many samples there are depends on those of all sessions, but not on their values. */
  #merge(): ProvenanceDocument {
    const [first, ...rest] = this.sessions.map((session) => session.documentWithBareSamples());
    return withSamples(merge(first!, ...rest), () => []);
  }

  #mergeWithSamples(): ProvenanceDocument {
    const [first, ...rest] = this.sessions.map((session) => session.documentWithSamples());
    return merge(first!, ...rest);
  }
}
