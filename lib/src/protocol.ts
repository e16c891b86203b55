/**
 * Messages on the Jupyter comm target `stemma`, version 1. The prose is in docs/protocol.md;
 * `schema/protocol.schema.json` is generated from these types.
 */
import type { Artifact, Cell, Process, ProvenanceDocument, Run, Sample } from './provenance/document';

export const PROTOCOL_VERSION = 1;
export const COMM_TARGET = 'stemma';

/** `data` of the `comm_open` that a page sends. */
export interface Hello {
  protocol: number;
}

/** `data` of a `comm_msg` from the page to the kernel. */
export type PageMessage =
  /** Ask for a new snapshot (after a gap in the sequence numbers). */
  | { type: 'resync' }
  /** The artifacts whose samples the page shows; replaces the list before. */
  | { type: 'watch'; artifacts: string[] }
  /** Ask for the whole document, samples included; answered with the same `request`. */
  | { type: 'document'; request: string }
  /** A hidden page wants nothing. */
  | { type: 'pause' }
  /** Visible again: answered with a snapshot. */
  | { type: 'resume' };

/** `data` of a `comm_msg` from the kernel to the page. */
export type KernelMessage = SnapshotMessage | PatchMessage | SamplesMessage | DocumentMessage | ErrorMessage;

interface Sequenced {
  /** One more than the message before on this comm; a snapshot starts anew. */
  seq: number;
  /** When the kernel made it: milliseconds since the epoch, with fractions. */
  createdMs: number;
}

export interface SnapshotMessage extends Sequenced {
  type: 'snapshot';
  protocol: number;
  /** The document with `samples` empty; null while the notebook has not imported `stemma`. */
  document: ProvenanceDocument | null;
}

/** What changed since the message before: whole objects, to be replaced or added by id. */
export interface PatchMessage extends Sequenced, Patch {
  type: 'patch';
}

export interface Patch {
  processes: Process[];
  artifacts: Artifact[];
  runs: Run[];
  /** All cells, if any of them changed; else null. */
  cells: Cell[] | null;
  /** Ids of processes, artifacts and runs that are gone. */
  removed: string[];
}

/** Samples of one watched artifact. The thumbnails' `png` travel as binary buffers. */
export interface SamplesMessage extends Sequenced {
  type: 'samples';
  artifact: string;
  samples: Sample[];
  /** `bufferPaths[i]` is the path, from `samples`, of the string that buffer `i` replaces (PNG bytes). */
  bufferPaths: (string | number)[][];
}

export interface DocumentMessage extends Sequenced {
  type: 'document';
  request: string;
  document: ProvenanceDocument | null;
}

export interface ErrorMessage extends Sequenced {
  type: 'error';
  message: string;
  request: string | null;
}
