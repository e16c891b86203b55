import type { Diff, DrawnNode, ProcessPair, UnitedGraph } from 'stemma-document';

/** How a step of one record compares with its counterpart in the other. */
export type Match = ProcessPair['match'];

/** The most telling first. */
export const MATCHES: readonly Match[] = ['changed', 'added', 'removed', 'upstream', 'same'];

/** Two records as one graph, in which each step is marked. */
export class Comparison {
  /** `before`, `after`: what a person knows the two records by. */
  constructor(
    readonly before: string,
    readonly after: string,
    readonly diff: Diff,
    { document, pairs }: UnitedGraph,
  ) {
    this._pairs = pairs;
    this._producers = new Map(document.artifacts.map(({ id, producer }) => [id, producer]));
  }

  /** The pairs that a drawn node stands for; of a stream, that of the step which produces it. */
  pairsOf({ members }: DrawnNode): ProcessPair[] {
    return members.flatMap((id) => this._pairs.get(this._producers.get(id) ?? id) ?? []);
  }

  /** The most telling of a drawn node. */
  matchOf(node: DrawnNode): Match {
    const [first, ...others] = this.pairsOf(node);
    if (others.length === 0) {
      return first?.match ?? 'same';
    }
    const found = new Set([first, ...others].map((pair) => pair?.match));
    return MATCHES.find((match) => found.has(match)) ?? 'same';
  }

  private readonly _pairs: UnitedGraph['pairs'];
  private readonly _producers: ReadonlyMap<string, string>;
}
