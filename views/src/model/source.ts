import type { Connection, KernelActivity } from './connection';
import type { IDisposable } from './disposable';
import type { Patch, ProvenanceDocument, Sample } from 'stemma-document';

/** Where a source reports to: the store of a {@link ProvenanceModel}. */
export interface DocumentSink {
  readonly connection: Connection;
  /** Whether what was reported belongs to an earlier session. */
  readonly isStale: boolean;
  /** A message was created at this moment, by the recorder's clock: call it before reporting what the message says. */
  noteClock(createdMs: number): void;
  /** A snapshot; null where the session has recorded nothing. */
  replace(document: ProvenanceDocument | null): void;
  apply(patch: Patch): void;
  setSamples(artifact: string, samples: Sample[]): void;
  setConnection(connection: Connection): void;
  setKernel(activity: KernelActivity): void;
  /** The session has ended: what is shown stays, greyed out, until the next snapshot. */
  markStale(): void;
  /** Forget everything: what comes next is of another recorder. */
  clear(): void;
}

/**
 * Reports what one recorder has recorded: over a comm, server-sent events, HTTP, or from a file.
 *
 * Life cycle: `connect` is called once, by the model that the source is given to; the source reports until that model
 * disposes it.
 */
export interface DocumentSource extends IDisposable {
  /** Report to this sink from now on. */
  connect(sink: DocumentSink): void;
  /**
   * Whether any view is on the screen; at first none is. While none is, the source may report nothing and catch up
   * later.
   */
  setShown(isShown: boolean): void;
  /** Report the samples of these artifacts from now on. Replaces the previous list. */
  watch(artifacts: readonly string[]): void;
  /**
   * All that was recorded, samples included; null where it cannot be asked any more. Without it, that is what was
   * reported.
   */
  document?(): Promise<ProvenanceDocument | null>;
}
