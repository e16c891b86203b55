import { compareText } from '../json/canonical-json';
import { DROPPED } from '../graph/name-graph';
import type { ArtifactPart, Parts, ProcessPart } from './parts';

/** From the sources of the graph on; beside each other by label. */
const byPlace = (a: ProcessPart, b: ProcessPart): number =>
  a.depth - b.depth || compareText(a.label, b.label) || compareText(a.hash, b.hash) || a.ordinal - b.ordinal;

/** The order of processes and artifacts, and the ids that follow from it. */
export class MergedIds {
  readonly processes: ProcessPart[];
  readonly artifacts: [string, ArtifactPart][];
  /** Of processes and artifacts, by name. */
  readonly #ids = new Map<string, string>();
  readonly #outputs = new Map<string, string[]>();
  readonly #consumers = new Map<string, Set<string>>();

  constructor(parts: Parts) {
    this.processes = [...parts.processes.values()].sort(byPlace);
    this.processes.forEach(({ name }, index) => this.#ids.set(name, `p${index + 1}`));
    const places = new Map(this.processes.map(({ name }, index) => [name, index]));
    this.artifacts = [...parts.artifacts].sort(
      ([a, { producer: x }], [b, { producer: y }]) => places.get(x)! - places.get(y)! || compareText(a, b),
    );
    this.artifacts.forEach(([name, { producer }], index) => {
      this.#ids.set(name, `a${index + 1}`);
      this.#outputs.set(producer, [...this.outputsOf(producer), `a${index + 1}`]);
    });
    for (const { name, inputs, uses } of this.processes)
      for (const taken of [...inputs, ...uses])
        this.#consumers.set(taken, (this.#consumers.get(taken) ?? new Set()).add(this.of(name)));
  }

  of(name: string): string {
    return this.#ids.get(name) ?? DROPPED;
  }

  outputsOf(process: string): string[] {
    return this.#outputs.get(process) ?? [];
  }

  consumersOf(artifact: string): string[] {
    return [...(this.#consumers.get(artifact) ?? [])];
  }

  /** `members` by id in place of name. */
  rename<T>(members: { [name: string]: T }): { [id: string]: T } {
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [this.of(name), member]));
  }
}
