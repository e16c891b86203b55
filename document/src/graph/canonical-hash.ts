import type { ProvenanceDocument } from '../model/document';
import { compareText, hashJson } from '../json/canonical-json';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from './current-processes';
import type { ProcessDefinition } from './definition';
import { isTransparent, nameGraph } from './name-graph';

/** The definition layer of a document: what was to be done, without any fact of a machine or an execution. */
export interface DefinitionLayer {
  format: 'stemma-definition';
  version: 1;
  /** Sorted by name. */
  processes: (ProcessDefinition & { name: string; inputs: string[]; uses: string[] })[];
}

/**
 * The definition layer: each process's kind, role, label, code, what it takes, and the options that decide what comes
 * out, seeds as resolved. No ids, times, counts, schemas, samples, environment, cells or folders, no concurrency,
 * threads or prefetch; nothing superseded, unless something current still takes from it.
 *
 * @example
 * definitionLayer(provenance.document()).processes.map((process) => process.kind);
 */
export function definitionLayer(document: ProvenanceDocument): DefinitionLayer {
  checkGiven(document, 'definitionLayer');
  const processes = nameGraph(currentProcesses(document.processes), document.session.shard, { seesThrough: true })
    .filter(({ process }) => !isTransparent(process))
    .map(({ name, definition, inputs, uses }) => ({ name, ...definition, inputs, uses }))
    .sort((a, b) => compareText(a.name, b.name));
  return { format: 'stemma-definition', version: 1, processes };
}

/**
 * SHA-256 of the definition layer's canonical JSON (RFC 8785): the same for every run of the same code on every
 * machine, and for all shards of a run. docs/reference/document.md lists what enters.
 *
 * @example
 * canonicalHash(readDocument('a.json')) === canonicalHash(readDocument('b.json')); // true
 */
export function canonicalHash(document: ProvenanceDocument): string {
  checkGiven(document, 'canonicalHash');
  return hashJson(definitionLayer(document));
}
