import type { Patch, ProvenanceDocument, Sample } from 'stemma';
import type { BinarySample } from 'stemma/host';
import { LiveDocument } from 'stemma-document';
import { encodeSamples } from './thumbnails';

/** `ended`: it said so; `silent`: it has not reported for a while, so that it may have. */
export type SessionState = 'live' | 'silent' | 'ended';

/** Of one artifact: as they came, encoded once somebody looks. */
type Kept = { pixels: readonly BinarySample[] } | { samples: readonly Sample[]; bytes: number };

/** What one process has recorded, as far as the monitor knows. */
export class RecordedSession {
  /** Rises with every change. */
  version = 0;
  /** When the recorder was last heard of: milliseconds since the epoch. */
  heardMs = 0;
  /** When the process last reported: its recorder may have been silent by then. */
  reportedMs = 0;
  state: SessionState = 'live';
  /** When its thread stopped responding: milliseconds since the epoch; null while it responds. */
  blockedSinceMs: number | null = null;
  /** When it last had something new to say. */
  #changedMs = 0;
  readonly #live = new LiveDocument();
  readonly #samples = new Map<string, Kept>();
  #snapshot: { version: number; document: ProvenanceDocument } | null = null;

  constructor(
    readonly id: string,
    readonly from: 'here' | 'remote',
    document: ProvenanceDocument,
    createdMs: number,
  ) {
    this.#live.replace(document);
    this.#change(createdMs);
  }

  /** Without samples. */
  get document(): ProvenanceDocument {
    if (this.#snapshot?.version !== this.version) {
      const document = this.#live.snapshot(new Date(this.#changedMs).toISOString())!;
      this.#snapshot = { version: this.version, document };
    }
    return this.#snapshot.document;
  }

  documentWithSamples(): ProvenanceDocument {
    return withSamples(this.document, (artifact) => [...this.samples(artifact)]);
  }

  /** It says which samples there are, and has no pictures to be encoded. */
  documentWithBareSamples(): ProvenanceDocument {
    return withSamples(this.document, (artifact) => {
      const kept = this.#samples.get(artifact);
      const samples = kept === undefined ? [] : 'samples' in kept ? kept.samples : kept.pixels;
      return samples.map((sample) => ({ ...sample, value: { type: 'null' } }));
    });
  }

  samples(artifact: string): readonly Sample[] {
    const kept = this.#samples.get(artifact);
    if (kept === undefined) return [];
    if ('samples' in kept) return kept.samples;
    const samples = encodeSamples(kept.pixels);
    this.#samples.set(artifact, { samples, bytes: 0 });
    return samples;
  }

  /** What the samples take that came from elsewhere. */
  get uploadedBytes(): number {
    return this.sampledArtifacts().reduce((sum, artifact) => sum + this.uploadedBytesOf(artifact), 0);
  }

  uploadedBytesOf(artifact: string): number {
    const kept = this.#samples.get(artifact);
    return kept !== undefined && 'bytes' in kept ? kept.bytes : 0;
  }

  /** Those of which samples are known. */
  sampledArtifacts(): string[] {
    return [...this.#samples.keys()];
  }

  apply(patch: Patch, createdMs: number): void {
    this.#live.apply(patch);
    for (const id of patch.removed) this.#samples.delete(id);
    this.#change(createdMs);
  }

  setSamples(artifact: string, kept: Kept, createdMs: number): void {
    this.#samples.set(artifact, kept);
    this.#change(createdMs);
  }

  #change(createdMs: number): void {
    this.version++;
    this.#changedMs = createdMs;
    this.heardMs = Math.max(this.heardMs, createdMs);
  }
}

/** The document with others. */
export function withSamples(
  document: ProvenanceDocument,
  samplesOf: (artifact: string) => Sample[],
): ProvenanceDocument {
  const artifacts = document.artifacts.map((artifact) => ({
    ...artifact,
    execution: { ...artifact.execution, samples: samplesOf(artifact.id) },
  }));
  return { ...document, artifacts };
}
