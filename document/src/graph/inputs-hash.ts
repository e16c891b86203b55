import { comparableCode } from '../code/comparable-code';
import { compareText, hashJson } from '../json/canonical-json';
import type { Artifact, Capture, Code, JsonValue, Process, ProvenanceDocument } from '../model/document';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from './current-processes';
import { portable } from './definition';
import { isTransparent, nameGraph, type NamedProcess } from './name-graph';

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
  return inputsOfNamed(nameCurrent(document), byId(document.artifacts));
}

/** The processes that are not superseded, by names that see through what is transparent. */
export function nameCurrent({ processes, session }: ProvenanceDocument): NamedProcess[] {
  return nameGraph(currentProcesses(processes), session.shard, { seesThrough: true });
}

/** As `inputsOf`, where the processes have names already: see {@link nameCurrent}. */
export function inputsOfNamed(named: readonly NamedProcess[], artifacts: ReadonlyMap<string, Artifact>): Inputs {
  const unknown: string[] = [];
  const processes = named
    .filter(({ process }) => !isTransparent(process))
    .map(({ name, process }) => {
      const contents = contentsOf(process, artifacts);
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
export function contentsOf(process: Process, artifacts: ReadonlyMap<string, Artifact>): JsonValue {
  if (process.role !== 'source') return null;
  const { files } = process.execution;
  if (files !== undefined) return { sha256: files.sha256, files: files.files };
  const digest = artifacts.get(process.outputs[0] ?? '')?.execution.digest;
  return digest === undefined ? null : { items: digest.items, digest: digest.unordered };
}

/** Artifacts by their ids. */
export const byId = (artifacts: readonly Artifact[]): ReadonlyMap<string, Artifact> =>
  new Map(artifacts.map((artifact) => [artifact.id, artifact]));

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
