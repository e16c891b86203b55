import { canonicalJson } from '../json/canonical-json';
import type { Environment, JsonValue, ProvenanceDocument } from '../model/document';

/** A fact of the surroundings that is another one now; null where it is not known. */
export interface EnvironmentChange {
  /** E.g. `node`, `packages.sharp`, `files.src/double.ts`. */
  path: string;
  original: JsonValue;
  repeated: JsonValue;
}

const FACTS = ['stemma', 'node', 'platform', 'arch', 'cpu'] as const satisfies readonly (keyof Environment)[];

/** Versions, the lock file and the user's own files that differ between two records. */
export function environmentChanges(a: ProvenanceDocument, b: ProvenanceDocument): EnvironmentChange[] {
  const [before, after] = [a, b].map(factsOf);
  return [...new Set([...before!.keys(), ...after!.keys()])]
    .map((path) => ({ path, original: before!.get(path) ?? null, repeated: after!.get(path) ?? null }))
    .filter(({ original, repeated }) => canonicalJson(original) !== canonicalJson(repeated));
}

function factsOf({ environment, session }: ProvenanceDocument): Map<string, JsonValue> {
  const { packages, lockFile } = environment;
  return new Map<string, JsonValue>([
    ...FACTS.map((name): [string, JsonValue] => [name, environment[name]]),
    ...Object.entries(packages).map(([name, version]): [string, JsonValue] => [`packages.${name}`, version]),
    ...(lockFile === undefined ? [] : [['lockFile', lockFile.sha256] as [string, JsonValue]]),
    ...(session.files ?? []).map(({ path, sha256 }): [string, JsonValue] => [`files.${path}`, sha256]),
  ]);
}
