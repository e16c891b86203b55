import type { Patch } from '../model/protocol';
import type { Artifact, Process, ProvenanceDocument, Run } from '../model/document';

/** The recorder's document as another thread knows it: the last whole one, with all patches since applied. */
export class LiveDocument {
  #frame: ProvenanceDocument | null = null;
  readonly #processes = new Map<string, Process>();
  readonly #artifacts = new Map<string, Artifact>();
  readonly #runs = new Map<string, Run>();

  replace(document: ProvenanceDocument): void {
    this.#frame = document;
    for (const [map, items] of this.#parts(document)) {
      map.clear();
      for (const item of items) map.set(item.id, item);
    }
  }

  apply(patch: Patch): void {
    if (this.#frame === null) return;
    for (const [map, items] of this.#parts(patch)) {
      for (const item of items) map.set(item.id, item);
      for (const id of patch.removed) map.delete(id);
    }
    if (patch.cells !== null) this.#frame.cells = patch.cells;
    Object.assign(this.#frame, patch.frame);
  }

  /** Without samples; null before the first whole one. `generatedAt` is when the recorder spoke last, where that is known. */
  snapshot(generatedAt = new Date().toISOString()): ProvenanceDocument | null {
    if (this.#frame === null) return null;
    return {
      ...this.#frame,
      generatedAt,
      processes: [...this.#processes.values()],
      artifacts: [...this.#artifacts.values()],
      runs: [...this.#runs.values()],
    };
  }

  #parts({ processes, artifacts, runs }: Pick<Patch, 'processes' | 'artifacts' | 'runs'>): Part[] {
    return [
      [this.#processes as Part[0], processes],
      [this.#artifacts as Part[0], artifacts],
      [this.#runs as Part[0], runs],
    ];
  }
}

type Part = [Map<string, { id: string }>, { id: string }[]];
