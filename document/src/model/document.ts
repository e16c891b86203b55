/**
 * The provenance document: everything Stemma knows of a session, as JSON.
 *
 * `schema/provenance.schema.json` is generated from these types (`npm run schema`), and a check compares the two. The
 * model follows W3C PROV (https://www.w3.org/TR/prov-dm/): a process is an activity, an artifact an entity. The graph
 * is bipartite: process → artifact → process. Facts that only an execution can give stand apart, under `execution`.
 *
 * Durations are milliseconds (`…Ms`), moments are ISO 8601 strings in UTC (`…At`).
 *
 * Versions 1.x only add: optional members, and values where a type allows for them (`Other…`). Readers of any 1.x
 * ignore what they do not know.
 */

import type { Contribution } from './contribution';
import type { Artifact } from './artifact';
import type { Process } from './process';
import type { Run } from './run';
import type { Cell, Dropped, Environment, SessionInfo } from './session';
import type { Extensions } from './values';

export type * from './artifact';
export type * from './dvc';
export type * from './process';
export type * from './run';
export type * from './sample';
export type * from './schema';
export type * from './session';
export type {
  JsonValue,
  OtherWord,
  OtherTag,
  OtherType,
  OtherKind,
  Extensions,
  Extension,
  KnownState,
  State,
} from './values';

/** All that is known of a session, or in a merged document of several. */
export interface ProvenanceDocument {
  format: 'stemma-provenance';
  /**
   * The minor number says which optional members there may be; readers need not look at it.
   * @pattern ^1[.][0-9]{1,9}$
   */
  version: `1.${number}`;
  generatedAt: string;
  session: SessionInfo;
  environment: Environment;
  /** The notebook cells that have run, in their order; `neededCells` picks those that the processes depend on. */
  cells: Cell[];
  processes: Process[];
  artifacts: Artifact[];
  runs: Run[];
  /** What the limits of the recorder cut off, so that nobody takes the record for complete. */
  dropped: Dropped;
  /** Only in a document that `merge` made: what each session contributed, from which all else is derived. */
  contributions?: Contribution[];
  /** See {@link Extensions}. */
  extensions?: Extensions;
  /**
   * In a file: `sha256:` and the hash of the canonical JSON (RFC 8785) of all other members. Readers check it, and
   * leave it out.
   */
  checksum?: string;
}
