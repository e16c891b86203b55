/**
 * The monitor's responses, beside the parts of the provenance document. `schema/openapi.json` is generated from these
 * types and from `operations.ts` (`npm run schema`).
 */
import type { Artifact, Patch, Process, ProvenanceDocument, Run, Sample } from 'stemma';

/** An error as RFC 9457 has it. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  /** What is wrong, and what to do. */
  detail: string;
  /** Path of the request. */
  instance: string;
}

export interface Health {
  status: 'ok';
  /** Version of stemma-monitor. */
  version: string;
  startedAt: string;
  /** Clients of `/events` that are connected. */
  eventClients: number;
  sessions: SessionStatus[];
}

/** One process that reports to this monitor. */
export interface SessionStatus {
  id: string;
  /** `here`: the process that started the monitor; `remote`: one that called `monitor.connect`. */
  from: 'here' | 'remote';
  startedAt: string;
  notebook: string | null;
  /** When the recorder was last heard of. */
  heardAt: string;
  /** Milliseconds since then: how old the document is. */
  ageMs: number;
  processes: number;
  runs: number;
  /** Runs under way. */
  running: number;
  /** `ended`: it said so; `silent`: it has not reported for a while, so that it may have. */
  state: 'live' | 'silent' | 'ended';
  /** When its thread stopped responding: milliseconds since the epoch; null while it responds. */
  blockedSinceMs: number | null;
}

interface Paged {
  /** How many there are in all. */
  total: number;
  offset: number;
  limit: number;
  /** Path of the next page; null on the last one. */
  next: string | null;
}

export interface SessionList {
  items: SessionStatus[];
}

export interface ProcessPage extends Paged {
  items: Process[];
}

export interface ArtifactPage extends Paged {
  items: Artifact[];
}

export interface RunPage extends Paged {
  items: Run[];
}

export interface SamplePage extends Paged {
  items: IdentifiedSample[];
}

/** A sample; `png` of its thumbnails is the path of the image, or a data URL where that was asked for. */
export interface IdentifiedSample extends Sample {
  id: string;
}

/** What a reporting process sends of one artifact; `png` of thumbnails are data URLs, as in the document. */
export interface SampleUpload {
  samples: Sample[];
}

/** Data of the events `snapshot`: the first of each session, and whenever patches cannot tell. */
export interface SnapshotEvent {
  session: string;
  /** When the recorder said so: milliseconds since the epoch. */
  createdMs: number;
  /** Ids of all sessions that there are: what a page shows of others is no more. */
  sessions: string[];
  /** Without samples. */
  document: ProvenanceDocument;
}

/** Data of the events `patch`: whole objects, to be replaced or added by id. */
export interface PatchEvent extends Patch {
  session: string;
  createdMs: number;
}

/** Data of the events `samples`: these artifacts have other samples than before. */
export interface SamplesEvent {
  session: string;
  createdMs: number;
  artifacts: string[];
}

/**
 * Data of the events `status`: whether the process can report. After a snapshot it does, unless a status follows that
 * says otherwise.
 */
export interface StatusEvent {
  session: string;
  createdMs: number;
  state: SessionStatus['state'];
  /** Since when it has not given its event loop back: milliseconds since the epoch; null where it does. */
  blockedSinceMs: number | null;
}

/** Data of the events `gone`: the monitor has dropped a session in favour of another. */
export interface GoneEvent {
  session: string;
  createdMs: number;
}
