import type { ProvenanceDocument, Sample } from 'stemma';
import { merge } from 'stemma/dist/documents/merge';
import type { RecordedSession } from './recorded-session';

interface Merged {
  withSamples: ProvenanceDocument;
  without: ProvenanceDocument;
}

/** One session, or several merged, in one state: what requests are answered from. */
export class View {
  #merged: Merged | null = null;

  constructor(
    /** The same for the same content. */
    readonly tag: string,
    private readonly sessions: readonly RecordedSession[],
  ) {}

  /** Without samples. */
  get document(): ProvenanceDocument {
    return this.#only?.document ?? this.#merge().without;
  }

  documentWithSamples(): ProvenanceDocument {
    return this.#only?.documentWithSamples() ?? this.#merge().withSamples;
  }

  samples(artifact: string): readonly Sample[] {
    const only = this.#only;
    if (only !== null) return only.samples(artifact);
    return this.#merge().withSamples.artifacts.find(({ id }) => id === artifact)?.execution.samples ?? [];
  }

  /** Seconds since the recorder that was heard of least lately spoke; those that are gone count only where there is no other. */
  ageSeconds(): number {
    const live = this.sessions.filter(({ state }) => state === 'live');
    const heard = (sessions: readonly RecordedSession[]): number[] => sessions.map(({ heardMs }) => heardMs);
    const spokeMs = live.length > 0 ? Math.min(...heard(live)) : Math.max(...heard(this.sessions));
    return Math.max(0, Math.floor((Date.now() - spokeMs) / 1_000));
  }

  get #only(): RecordedSession | null {
    return this.sessions.length === 1 ? this.sessions[0]! : null;
  }

  #merge(): Merged {
    if (this.#merged === null) {
      const [first, ...rest] = this.sessions.map((session) => session.documentWithSamples());
      const withSamples = merge(first!, ...rest);
      const artifacts = withSamples.artifacts.map((artifact) => ({
        ...artifact,
        execution: { ...artifact.execution, samples: [] },
      }));
      this.#merged = { withSamples, without: { ...withSamples, artifacts } };
    }
    return this.#merged;
  }
}
