import { randomUUID } from 'node:crypto';
import type { News } from '../live/feed-pump';
import type { CellRef, Patch, ProvenanceDocument } from 'stemma-document';
import { withoutHome } from '../recorder/privacy/privacy';
import type { ProcessRecord } from '../recorder/process-record';
import { currentSession } from '../recorder/current-session';
import type { Session } from '../recorder/session';
import { bundleOf, MIME_TYPE } from './bundle';
import { cutDocument } from './cut';

/**
 * How often an output is brought up to date while a pipeline runs. The panel's extension, which follows by comm, is
 * faster.
 */
const EVERY_MS = 1000;

/** The part of the notebook kernel that outputs need; it puts itself there. */
interface Kernel {
  display(
    data: Record<string, unknown>,
    options: { id: string; update?: boolean; metadata?: Record<string, unknown> },
  ): void;
}

/** What is shown, and how it names itself. */
export interface Shown {
  /** The process whose ancestry is shown; null for all of the session. */
  focus: ProcessRecord | null;
  /** What records it. */
  session: Session;
  title: string;
  describe(): string;
}

/** The bundle of something shown, as it is now. */
export function bundleNow(shown: Shown): Record<string, unknown> {
  return bundle(cutDocument(shown.session, shown.focus), shown);
}

function bundle(document: ProvenanceDocument, { title, describe }: Shown): Record<string, unknown> {
  return bundleOf(document, withoutHome(title), withoutHome(describe()));
}

/**
 * Shows it below the cell, and keeps it up to date until the cell runs again. False where there is no notebook kernel
 * to show it.
 */
export function showLive(shown: Shown): boolean {
  const kernel = (globalThis as { [key: symbol]: unknown })[Symbol.for('stemma.kernel')] as Kernel | undefined;
  if (kernel === undefined) return false;
  const { session } = shown;
  const id = randomUUID();
  // The extension follows the whole session's record only where the output shows the whole session.
  const metadata = { [MIME_TYPE]: { whole: shown.focus === null && session === currentSession() } };
  const cell = session.currentCell();
  let document = cutDocument(session, shown.focus);
  kernel.display(bundle(document, shown), { id, metadata });
  keepUpToDate(session, cell, ({ patch }) => {
    if (shown.focus !== null && !concerns(patch, document)) return;
    document = cutDocument(session, shown.focus);
    kernel.display(bundle(document, shown), { id, metadata, update: true });
  });
  return true;
}

/**
 * Looks for news now and then while there are any, and at once where there may be no later: the cell, or the process,
 * is about to end.
 */
function keepUpToDate(session: Session, cell: CellRef | null, tell: (news: News) => void): void {
  const feed = session.feed();
  feed.take();
  let timer: NodeJS.Timeout | undefined;
  let updatedMs = performance.now();
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (cell !== null && isSuperseded(session, cell)) return feed.close();
    updatedMs = performance.now();
    const news = feed.take();
    if (news !== null && isOfGraph(news.patch)) tell(news);
  };
  feed.onDirty = () => (timer ??= setTimeout(look, Math.max(0, updatedMs + EVERY_MS - performance.now())).unref());
  feed.onSettle = () => {
    if (timer !== undefined) look();
  };
}

/** A cell that only ran changes no output. */
function isOfGraph({ processes, artifacts, runs, removed }: Patch): boolean {
  return processes.length + artifacts.length + runs.length + removed.length > 0;
}

/**
 * Whether it changes what a document has; what comes to be downstream only adds consumers, which the document leaves
 * out.
 */
function concerns(patch: Patch, document: ProvenanceDocument): boolean {
  const known = new Set([...document.processes, ...document.artifacts, ...document.runs].map(({ id }) => id));
  const ids = [...patch.processes, ...patch.artifacts, ...patch.runs].map(({ id }) => id);
  return (
    [...ids, ...patch.removed].some((id) => known.has(id)) ||
    patch.runs.some((run) => run.processes.some((id) => known.has(id)))
  );
}

function isSuperseded(session: Session, { id, executionCount }: CellRef): boolean {
  return session.cells().some((cell) => cell.id === id && cell.executionCount === executionCount && cell.superseded);
}
