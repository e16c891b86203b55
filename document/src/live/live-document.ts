import type { Patch } from '../model/protocol';
import type { Artifact, Cell, Process, ProvenanceDocument, Run } from '../model/document';

/** What a document says beside its graph and cells. */
export type DocumentRest = Omit<ProvenanceDocument, 'processes' | 'artifacts' | 'runs' | 'cells'>;

/** The recorder's document as another thread or page knows it: the last whole one, with all patches since applied. */
export class LiveDocument {
  readonly processes = new Map<string, Process>();
  readonly artifacts = new Map<string, Artifact>();
  readonly runs = new Map<string, Run>();
  #frame: DocumentRest | null = null;
  #cells: readonly Cell[] = [];

  /** The document without its graph and cells; null before the first whole one. */
  get frame(): DocumentRest | null {
    return this.#frame;
  }

  get cells(): readonly Cell[] {
    return this.#cells;
  }

  replace({ processes, artifacts, runs, cells, ...frame }: ProvenanceDocument): void {
    this.clear();
    this.#frame = frame;
    this.#cells = cells;
    this.#add({ processes, artifacts, runs });
  }

  /**
   * Whole objects by id: applying a patch twice does no harm. Before the first whole document there is nothing to apply
   * one to.
   */
  apply(patch: Patch): void {
    if (this.#frame === null) return;
    this.#add(patch);
    for (const map of [this.processes, this.artifacts, this.runs]) for (const id of patch.removed) map.delete(id);
    this.#cells = patch.cells ?? this.#cells;
    this.#frame = { ...this.#frame, ...patch.frame };
  }

  clear(): void {
    for (const map of [this.processes, this.artifacts, this.runs]) map.clear();
    this.#cells = [];
    this.#frame = null;
  }

  /**
   * Without samples; null before the first whole one. `generatedAt` is when the recorder spoke last, where that is
   * known.
   */
  snapshot(generatedAt = new Date().toISOString()): ProvenanceDocument | null {
    if (this.#frame === null) return null;
    return {
      ...this.#frame,
      generatedAt,
      cells: [...this.#cells],
      processes: [...this.processes.values()],
      artifacts: [...this.artifacts.values()],
      runs: [...this.runs.values()],
    };
  }

  #add({ processes, artifacts, runs }: Pick<Patch, 'processes' | 'artifacts' | 'runs'>): void {
    for (const process of processes) this.processes.set(process.id, process);
    for (const artifact of artifacts) this.artifacts.set(artifact.id, artifact);
    for (const run of runs) this.runs.set(run.id, run);
  }
}
