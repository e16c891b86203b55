import type { Code, JsonValue, Position, Process } from 'stemma-document';
import type { ArtifactRecord } from './artifact-record';

/** What an operation is, fixed when it is declared. */
export interface ProcessDefinition {
  kind: string;
  role: Process['role'];
  label: string;
  inputs: ArtifactRecord[];
  uses: ArtifactRecord[];
  /** False: no samples of its output. */
  samples?: boolean;
  options: { [name: string]: JsonValue };
  /** The seed was not given by the user, so it is not part of the definition. */
  hasDrawnSeed?: boolean;
  fn?: unknown;
  /** Of a source: the files that it reads. */
  files?: readonly string[];
  /** What an earlier declaration of it knows, elsewhere. */
  elsewhere?: { code: Code | null; position: Position | null };
}
