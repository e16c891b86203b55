import { comparableCode } from '../code/comparable-code';
import { compareText, hashJson } from '../json/canonical-json';
import type { Capture, Code, JsonValue, Process, ProvenanceDocument } from '../model/document';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from './current-processes';
import { portable } from './definition';
import { isTransparent, nameGraph } from './name-graph';

/** What went into a run, as far as the record knows. */
export interface Inputs {
  /** SHA-256 of the definition, the captured values and the contents of the sources. */
  hash: string;
  /** What is in none of it since it is not known, a sentence for each: then other inputs may have the same hash. */
  unknown: string[];
}

/**
 * The hash of the inputs: of the definition, of what the functions capture, and of what the sources read. The same for
 * the same code with the same constants, helpers and data, wherever they are; what is not known is listed.
 *
 * @example
 * inputsOf(readDocument('a.json')).hash === inputsOf(readDocument('b.json')).hash; // true
 */
export function inputsOf(document: ProvenanceDocument): Inputs {
  checkGiven(document, 'inputsOf');
  const unknown: string[] = [];
  const named = nameGraph(currentProcesses(document.processes), document.session.shard, { seesThrough: true });
  const processes = named
    .filter(({ process }) => !isTransparent(process))
    .map(({ name, process }) => {
      const contents = contentsOf(process, document);
      unknown.push(...unknownOf(process, contents));
      return { name, captures: comparableCaptures(process.code), contents };
    })
    .sort((a, b) => compareText(a.name, b.name));
  return { hash: hashJson({ format: 'stemma-inputs', version: 1, processes }), unknown: [...new Set(unknown)] };
}

/**
 * What a source read: the hash of its files; else the digest of its items, in any order. Null for other steps, and
 * where nothing is known.
 */
export function contentsOf(process: Process, { artifacts }: ProvenanceDocument): JsonValue {
  if (process.role !== 'source') return null;
  const { files } = process.execution;
  if (files !== undefined) return { sha256: files.sha256, files: files.files };
  const digest = artifacts.find(({ id }) => id === process.outputs[0])?.execution.digest;
  return digest === undefined ? null : { items: digest.items, digest: digest.unordered };
}

/** Captures as they are compared: code without comments, folders by their last part. */
export function comparableCaptures(holder: Pick<Code, 'captures'> | null): JsonValue {
  return (holder?.captures ?? []).map(({ name, value, size, code, captures, ...facts }) => ({
    ...facts,
    name,
    ...(value === undefined ? { size: size ?? null } : { value: portable(value) }),
    ...(code === undefined ? {} : { code: code.sha256 ?? comparableCode(code.source) }),
    ...(captures === undefined ? {} : { captures: comparableCaptures({ captures }) }),
  }));
}

function unknownOf({ kind, label, role, code, options, execution }: Process, contents: JsonValue): string[] {
  const name = kind === label ? kind : `${kind} "${label}"`;
  if (role === 'source' && contents === null) return [`what ${name} read`];
  const isHidden = code !== null && execution.runs > 0 && code.captures === undefined;
  if (isHidden && options.parameters === undefined) return [`what the function of ${name} captures`];
  return unknownCaptures(code?.captures ?? []).map((path) => `the value of ${path} in ${name}`);
}

function unknownCaptures(captures: readonly Capture[], before = ''): string[] {
  return captures.flatMap((capture) => {
    const path = before + capture.name;
    return [...(capture.unknown === undefined ? [] : [path]), ...unknownCaptures(capture.captures ?? [], `${path}.`)];
  });
}
