import type { ArtifactExecution, Length } from './artifact';
import type { Process, ProcessExecution } from './process';
import type { Dropped, Environment, SessionInfo } from './session';
import type { Extensions } from './values';

/**
 * What one session contributed to a merged document. A session that is merged twice counts once, since totals are
 * derived from these and never added to. What this version does not know of a session's document, process or artifact
 * stands here, too.
 */
export interface Contribution {
  session: SessionInfo;
  generatedAt: string;
  /** Null where it is the document's own. */
  environment: Environment | null;
  dropped: Dropped;
  extensions?: Extensions;
  /** How many runs the session listed; the merged document lists the latest of all. */
  runs: number;
  /** By the process's id in the merged document. */
  processes: { [id: string]: ProcessContribution };
  /** By the artifact's id in the merged document. */
  artifacts: { [id: string]: ArtifactContribution };
}

/** A process in one session; the skipped items of all sessions are with the process. */
export interface ProcessContribution
  extends
    Omit<ProcessExecution, 'skippedItems'>,
    Pick<Process, 'key' | 'superseded' | 'cell' | 'position' | 'warnings' | 'extensions'> {}

/** An artifact in one session; schema and samples of all sessions are with the artifact. */
export interface ArtifactContribution extends Omit<
  ArtifactExecution,
  'schema' | 'schemaText' | 'sampleCount' | 'samples'
> {
  length: Length;
  extensions?: Extensions;
}
