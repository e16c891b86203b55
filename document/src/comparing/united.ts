import { append } from '../grouping/append';
import { levelsOf } from '../graph/name-graph';
import { producersOf } from '../graph/upstream';
import type { Artifact, Process, ProvenanceDocument } from '../model/document';
import { artifactInAll } from '../runs/in-run';
import type { Diff } from './diff';
import type { ProcessPair } from './process-pair';

/** Two documents as one graph. */
export interface UnitedGraph {
  /**
   * The later document with the figures of all of its runs, but without these; among its processes are those that only
   * the earlier one has, between what they stood between. To be drawn, not to be kept.
   */
  document: ProvenanceDocument;
  /** The pair of each process of that document, by its id. */
  pairs: ReadonlyMap<string, ProcessPair>;
}

/** What stands before the ids of what only the earlier document has. */
const EARLIER = 'before:';

/**
 * Draws two documents together, given what `diff` found.
 *
 * @example
 * const { document } = unite(a, b, diff(a, b));
 */
export function unite(a: ProvenanceDocument, b: ProvenanceDocument, { pairs }: Diff): UnitedGraph {
  const { checksum: _, contributions: _contributions, ...frame } = b;
  const kept = pairs.flatMap(({ b: process }) => process ?? []);
  const removed = pairs.flatMap((pair) => (pair.b === null ? (pair.a ?? []) : []));
  const idOf = laterIds(pairs);
  const rename = (process: Process): Process => ({
    ...process,
    id: EARLIER + process.id,
    superseded: false,
    inputs: process.inputs.map(idOf),
    outputs: process.outputs.map(idOf),
    uses: process.uses.map(idOf),
  });
  const leads = whereTheyLed(pairs, idOf);
  const processes = [
    ...kept.map((process): Process => ({
      ...process,
      superseded: false,
      inputs: [...process.inputs, ...(leads.get(process) ?? [])],
    })),
    ...removed.map(rename),
  ];
  const producers = producersOf(processes);
  const consumers = consumersOf(processes);
  const placed = (artifact: Artifact, id: string): Artifact[] => {
    const producer = producers.get(id)?.id;
    return producer === undefined
      ? []
      : [{ ...artifactInAll(artifact), id, producer, superseded: false, consumers: consumers.get(id) ?? [] }];
  };
  const artifacts = [
    ...b.artifacts.flatMap((artifact) => placed(artifact, artifact.id)),
    ...a.artifacts.flatMap((artifact) =>
      idOf(artifact.id) === EARLIER + artifact.id ? placed(artifact, EARLIER + artifact.id) : [],
    ),
  ];
  return {
    document: { ...frame, processes, artifacts, runs: [] },
    pairs: new Map(pairs.map((pair) => [pair.b?.id ?? EARLIER + pair.a!.id, pair])),
  };
}

/** What an artifact of the earlier document is called in the graph: as its counterpart, where it has one. */
function laterIds(pairs: readonly ProcessPair[]): (id: string) => string {
  const found = new Map<string, string>();
  for (const { a, b } of pairs)
    a?.outputs.forEach((id, index) => {
      const later = b?.outputs[index];
      if (later !== undefined) found.set(id, later);
    });
  return (id) => found.get(id) ?? EARLIER + id;
}

/**
 * The artifacts of removed processes that kept ones took, by these. Only where a kept one stands further from the
 * sources than all that the removed one came from: in a graph that was turned round there would be circles.
 */
function whereTheyLed(pairs: readonly ProcessPair[], idOf: (id: string) => string): Map<Process, string[]> {
  const depths = depthsOf(pairs.flatMap(({ b }) => b ?? []));
  const makers = new Map(pairs.flatMap((pair) => (pair.a?.outputs ?? []).map((id) => [id, pair] as const)));
  const above = new Map<ProcessPair, number>();
  const removed = pairs.flatMap((pair) => (pair.b === null ? (pair.a ?? []) : []));
  const pairOf = new Map(pairs.flatMap((pair) => (pair.a === null ? [] : [[pair.a, pair] as const])));
  const depthOf = (pair: ProcessPair): number => (pair.b === null ? (above.get(pair) ?? -1) : depths.get(pair.b)!);
  for (const process of inOrder(removed)) {
    const from = [...process.inputs, ...process.uses].flatMap((id) => makers.get(id) ?? []);
    above.set(pairOf.get(process)!, Math.max(-1, ...from.map(depthOf)));
  }
  const leads = new Map<Process, string[]>();
  for (const { a, b } of pairs) {
    if (a === null || b === null) continue;
    const taken = a.inputs.filter((id) => {
      const maker = makers.get(id);
      return maker?.b === null && depthOf(maker) < depths.get(b)!;
    });
    if (taken.length > 0) leads.set(b, taken.map(idOf));
  }
  return leads;
}

const inOrder = (processes: readonly Process[]): Process[] => levelsOf(processes, producersOf(processes)).flat();

const depthsOf = (processes: readonly Process[]): Map<Process, number> =>
  new Map(
    levelsOf(processes, producersOf(processes)).flatMap((level, depth) =>
      level.map((process) => [process, depth] as const),
    ),
  );

function consumersOf(processes: readonly Process[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, inputs, uses } of processes)
    for (const input of new Set([...inputs, ...uses])) append(found, input, id);
  return found;
}
