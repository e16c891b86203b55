/**
 * Messages on the Jupyter comm target `stemma`, version 1. The prose is in docs/reference/protocol.md;
 * `schema/protocol.schema.json` is generated from these types.
 */
import type { Artifact, Cell, CellRef, Process, ProvenanceDocument, Run, Sample } from './document';
import type { Notices, Replies, RequestName, Requests } from './requests';

/** The version of the messages, which a page names in its `Hello`. */
export const PROTOCOL_VERSION = 1;
/** The comm target on which the kernel listens. */
export const COMM_TARGET = 'stemma';

/** `data` of the `comm_open` that a page sends. */
export interface Hello {
  protocol: number;
  /** Whether the page is hidden: it then gets nothing, not even a snapshot, until it resumes. */
  paused?: boolean;
}

/** `data` of a `comm_msg` from the page to the kernel. */
export type PageMessage = NoticeMessage | RequestMessage;

/** What a page tells the kernel, which sends no reply. */
export type NoticeMessage = { [Name in keyof Notices]: { type: Name } & Notices[Name] }[keyof Notices];

/** A request; its reply has the same `request`. */
export type RequestMessage = {
  [Name in RequestName]: { type: Name; request: string } & Requests[Name];
}[RequestName];

/** `data` of a `comm_msg` from the kernel to the page. */
export type KernelMessage =
  SnapshotMessage | PatchMessage | SamplesMessage | ReplyMessage | ErrorMessage | StatusMessage;

/** The reply to a request. */
export type ReplyMessage = {
  [Name in RequestName]: Sequenced & { type: Name; request: string } & Replies[Name];
}[RequestName];

interface Sequenced {
  /** One more than the previous message on this comm; a snapshot starts again at 0. */
  seq: number;
  /** When the kernel made it: milliseconds since the epoch, with fractions. */
  createdMs: number;
}

/** Everything, as the page's new beginning. */
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

/** What changed, as whole objects. */
export interface Patch {
  processes: Process[];
  artifacts: Artifact[];
  runs: Run[];
  /** All cells, if any of them changed; else null. */
  cells: Cell[] | null;
  /** Ids of processes, artifacts and runs that are gone. */
  removed: string[];
  /** Where it may have changed and the sender follows it: the monitor does, a kernel when it is shut down. */
  frame?: DocumentFrame;
}

/** What a document says beside its graph and its cells. */
export type DocumentFrame = Pick<ProvenanceDocument, 'session' | 'environment' | 'dropped'>;

/** Samples of one watched artifact. The thumbnails' `png` travel as binary buffers. */
export interface SamplesMessage extends Sequenced {
  type: 'samples';
  artifact: string;
  samples: Sample[];
  /** `bufferPaths[i]` is the path, from `samples`, of the string that buffer `i` replaces (PNG bytes). */
  bufferPaths: (string | number)[][];
}

/** What the kernel could not do. */
export interface ErrorMessage extends Sequenced {
  type: 'error';
  message: string;
  request: string | null;
}

/**
 * The kernel's activity: sent when it changes, even while the kernel cannot reply to anything else, and after a
 * snapshot. It is not counted: `seq` is that of the previous message, so a page that does not know the type sees no
 * gap.
 */
export interface StatusMessage extends Sequenced {
  type: 'status';
  /** The cell that has been running for a while; null where none does. */
  cell: CellRef | null;
  /** Since when that cell runs: milliseconds since the epoch, by the kernel's clock. */
  busySinceMs: number | null;
  /** Since when the cell has not given the event loop back, so that patches may wait; null while they flow. */
  blockedSinceMs: number | null;
}
