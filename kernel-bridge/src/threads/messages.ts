/**
 * What the two threads say to each other.
 *
 * The front thread (a worker) owns the sockets, so that it can reply while a cell blocks; the main thread runs cells.
 * Messages arrive in the order in which they were posted, so the order of a cell's output is that of the calls.
 */
import type { CellRef, Patch, ProvenanceDocument, Sample } from 'stemma';
import type { Replies, RequestMessage } from 'stemma-document';
import type { Json } from '../wire/json';
import type { Content, Header } from '../wire/message';

export type Channel = 'shell' | 'control' | 'stdin' | 'iopub';

/** A request that only the main thread can handle. */
export interface Request {
  kind: 'request';
  channel: Channel;
  header: Header;
  metadata: Content;
  content: Content;
  /** Routing frames of the client, to be put before the reply. */
  idents: Uint8Array[];
}

/** A comm message of the front end, for a target that the main thread registered or a comm that it opened. */
export interface IncomingComm {
  kind: 'comm';
  type: CommType;
  header: Header;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

/** Who asked whether the event loop turns. */
export type PingPurpose = 'busy' | 'interrupt';

export type CommType = 'comm_open' | 'comm_msg' | 'comm_close';

export type ToMain =
  | Request
  | IncomingComm
  /** The reply to an `input_request`. */
  | { kind: 'input'; value: string }
  /** Everything that clients had sent when the fence was asked for has been handed over. */
  | { kind: 'fence'; id: number }
  /** Replied to at once, which shows that the event loop of the main thread turns. */
  | { kind: 'ping'; for: PingPurpose; id: number }
  /** The user wants this execution to stop, or what runs in the background where it is 0 or over. */
  | { kind: 'interrupt'; execution: number }
  /** How many pages want patches, and the artifacts whose samples they show. */
  | { kind: 'listeners'; count: number; watched: string[] }
  /** A page asks the recorder for something. */
  | { kind: 'query'; ticket: number; request: RequestMessage }
  | { kind: 'exit' };

/**
 * A Jupyter message to send. `parent` is the header of the request that it belongs to. Content is already text here: a
 * value that is not JSON throws where user code made it, and text crosses threads faster than objects.
 */
export interface Outgoing {
  kind: 'send';
  channel: Channel;
  type: string;
  content: Json;
  parent: Header | null;
  metadata?: Json;
  idents?: Uint8Array[];
  buffers?: Uint8Array[];
  /** What it counts in the shared state once it has left; for iopub. */
  units?: number;
}

export interface SampleUpdate {
  artifact: string;
  samples: Sample[];
  bufferPaths: (string | number)[][];
  buffers: Uint8Array[];
}

/** What became of a page's request: its reply, or why there is none. */
export type Outcome = { reply: Replies[keyof Replies] } | { error: string };

export type ToFront =
  | Outgoing
  | { kind: 'together'; messages: ToFront[] }
  /** Text that a cell printed. Sent for itself, because the front thread joins what comes in quick succession. */
  | { kind: 'stream'; name: 'stdout' | 'stderr'; text: string; parent: Header | null }
  /** A request is being worked on, or no longer. `cell` where it is the execution of a cell. */
  | { kind: 'status'; state: 'busy' | 'idle'; parent: Header; cell?: CellRef }
  | { kind: 'target'; name: string; registered: boolean }
  /** The main thread opened a comm. */
  | { kind: 'opened'; id: string; target: string }
  /** The main thread closed a comm. */
  | { kind: 'closed'; id: string }
  | { kind: 'fence'; id: number }
  | { kind: 'pong'; for: PingPurpose; id: number }
  /** The recorder is there: its document as of now, without samples. */
  | { kind: 'session'; document: ProvenanceDocument }
  | { kind: 'record'; createdMs: number; patch: Patch | null; samples: SampleUpdate[] }
  | { kind: 'reply'; ticket: number; outcome: Outcome }
  /** The process is about to end: send what is left, then say so in the shared state. */
  | { kind: 'flush' };

/** What a piece of text counts besides its length, so that a million empty lines are bounded too. */
export const PIECE_UNITS = 100;
