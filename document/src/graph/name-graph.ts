import type { Process, ProvenanceDocument, Shard } from '../model/document';
import { hashJson } from '../json/canonical-json';
import { kindOf } from '../kinds/kinds';
import { definitionOf, type ProcessDefinition } from './definition';
import { DocumentError } from '../reading/document-error';
import { producersOf } from './upstream';

/** A process with its name: the same in every document in which the same code stands in the same place of the graph. */
export interface NamedProcess {
  /** Hash of its definition and of the names of what it takes; then how many such stand before it in the document. */
  name: string;
  hash: string;
  ordinal: number;
  /** Steps from the sources. */
  depth: number;
  definition: ProcessDefinition;
  /** Names of artifacts. */
  inputs: string[];
  uses: string[];
  outputs: string[];
  process: Process;
}

/** The name of an artifact that the recorder's limits have dropped. */
export const DROPPED = 'dropped';

/**
 * Names the processes of a document by what they are, from the sources on: these names match across documents, where
 * ids do not. In the order of the document. `seesThrough`: what a process behind a transparent one (`Kind.transparent`)
 * gets has the name that it would have without that.
 */
export function nameGraph(
  processes: readonly Process[],
  shard: Shard | undefined,
  { seesThrough = false } = {},
): NamedProcess[] {
  const producers = producersOf(processes);
  const named = new Map<Process, NamedProcess>();
  const artifactName = (id: string): string => {
    const producer = producers.get(id);
    const [before] = producer?.inputs ?? [];
    if (seesThrough && before !== undefined && isTransparent(producer!)) return artifactName(before);
    return producer === undefined ? DROPPED : artifactNameOf(named.get(producer)!.name, producer.outputs.indexOf(id));
  };
  const ordinals = new Map<string, number>();
  for (const [depth, level] of levelsOf(processes, producers).entries()) {
    for (const process of level) {
      const definition = definitionOf(process, shard);
      const inputs = process.inputs.map(artifactName);
      const uses = process.uses.map(artifactName);
      const hash = hashJson({ ...definition, inputs, uses }).slice(0, 32);
      const ordinal = ordinals.get(hash) ?? 0;
      ordinals.set(hash, ordinal + 1);
      const name = `${hash}.${ordinal}`;
      const outputs = process.outputs.map((_, index) => artifactNameOf(name, index));
      named.set(process, { name, hash, ordinal, depth, definition, inputs, uses, outputs, process });
    }
  }
  return processes.map((process) => named.get(process)!);
}

/** Whether what comes out of a pipeline does not depend on this process being there. */
export const isTransparent = ({ kind }: Process): boolean => kindOf(kind)?.transparent === true;

/** As `nameGraph`, of a whole document. */
export function nameDocument(document: ProvenanceDocument): NamedProcess[] {
  return nameGraph(document.processes, document.session.shard);
}

function artifactNameOf(process: string, index: number): string {
  return `${process}/${index}`;
}

/** The processes by their longest way from a source, each level in the order of the document. */
export function levelsOf(processes: readonly Process[], producers: ReadonlyMap<string, Process>): Process[][] {
  const consumers = new Map<Process, Process[]>();
  const waiting = new Map<Process, number>();
  for (const process of processes) {
    const upstream = new Set([...process.inputs, ...process.uses].flatMap((id) => producers.get(id) ?? []));
    waiting.set(process, upstream.size);
    for (const producer of upstream) {
      const list = consumers.get(producer);
      if (list === undefined) consumers.set(producer, [process]);
      else list.push(process);
    }
  }
  const places = new Map(processes.map((process, index) => [process, index]));
  const levels: Process[][] = [];
  let level = processes.filter((process) => waiting.get(process) === 0);
  let count = 0;
  while (level.length > 0) {
    levels.push(level);
    count += level.length;
    const next: Process[] = [];
    for (const consumer of level.flatMap((process) => consumers.get(process) ?? [])) {
      const rest = waiting.get(consumer)! - 1;
      waiting.set(consumer, rest);
      if (rest === 0) next.push(consumer);
    }
    level = next.sort((a, b) => places.get(a)! - places.get(b)!);
  }
  if (count < processes.length) throw cycleError(processes, waiting);
  return levels;
}

function cycleError(processes: readonly Process[], waiting: ReadonlyMap<Process, number>): DocumentError {
  const index = processes.findIndex((process) => waiting.get(process)! > 0);
  const path = `processes[${index}].inputs`;
  return new DocumentError(`${path}: "${processes[index]!.label}" gets what it produces itself, in a circle`, path);
}
