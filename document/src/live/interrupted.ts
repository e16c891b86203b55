import type { ProvenanceDocument, State } from '../model/document';

/**
 * A document whose kernel has gone, which cannot say so any more: what it shows as running was interrupted, at the time
 * of the document. The same object where nothing runs.
 */
export function interrupted(document: ProvenanceDocument): ProvenanceDocument {
  if (!isRunning(document)) return document;
  // It holds for the document as it was.
  const { checksum: _, ...rest } = document;
  const endedMs = Date.parse(document.generatedAt);
  return {
    ...rest,
    processes: document.processes.map((process) => ({
      ...process,
      execution: {
        ...settled(process.execution),
        ...(process.execution.latestRun && { latestRun: settled(process.execution.latestRun) }),
      },
    })),
    runs: document.runs.map((run) =>
      run.state !== 'running'
        ? run
        : {
            ...settled(run),
            endedAt: document.generatedAt,
            durationMs: Math.max(0, endedMs - Date.parse(run.startedAt)),
            ...(run.perProcess && {
              perProcess: Object.fromEntries(Object.entries(run.perProcess).map(([id, part]) => [id, settled(part)])),
            }),
          },
    ),
  };
}

/** Whether a document shows anything as running. */
function isRunning({ processes, runs }: ProvenanceDocument): boolean {
  return [...runs, ...processes.map((one) => one.execution)].some(({ state }) => state === 'running');
}

function settled<T extends { state: State }>(one: T): T {
  return one.state === 'running' ? { ...one, state: 'aborted' } : one;
}
