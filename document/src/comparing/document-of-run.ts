import { DocumentError } from '../reading/document-error';
import type { Artifact, Process, ProvenanceDocument, Run } from '../model/document';
import { withUpstream } from '../graph/upstream';
import { artifactInRun, processInRun } from '../runs/in-run';

/**
 * What one run did, as a document of its own: the processes that took part and all upstream of them, with the figures
 * of that run. What is known of all runs together only (statistics, digests, samples) is left out where there were
 * others. Throws a {@link DocumentError} where the document has no such run.
 *
 * @example
 * const { runs } = document;
 * diff(documentOfRun(document, runs[0].id), documentOfRun(document, runs[1].id)).pairs;
 */
export function documentOfRun(document: ProvenanceDocument, id: string): ProvenanceDocument {
  const { contributions: _, ...rest } = document;
  const run = document.runs.find((one) => one.id === id);
  if (run === undefined) throw new DocumentError(`runs: expected a run with the id "${id}", got none`, 'runs');
  const members = new Set(run.processes);
  // With a full cache, a run does not reach all that it depends on.
  const processes = withUpstream(document.processes, (process) => members.has(process.id));
  const producers = new Map(processes.map((process) => [process.id, process]));
  return {
    ...rest,
    processes: processes.map((process) => ({ ...processInRun(process, run), superseded: false })),
    artifacts: document.artifacts.flatMap((artifact) => {
      const producer = producers.get(artifact.producer);
      return producer === undefined ? [] : [ofRun(artifact, producer, run)];
    }),
    runs: [run],
  };
}

function ofRun(artifact: Artifact, producer: Process, run: Run): Artifact {
  const shown = { ...artifactInRun(artifact, producer, run), superseded: false };
  if (producer.execution.runs <= 1) return shown;
  const { digest: _, written: _written, ...execution } = shown.execution;
  return {
    ...shown,
    execution: { ...execution, items: execution.currentItems, fields: [], samples: [], sampleCount: 0 },
  };
}
