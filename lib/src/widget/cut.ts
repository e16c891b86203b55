import { type ProvenanceDocument, type Sample, withUpstream } from 'stemma-document';
import type { ProcessRecord } from '../recorder/process-record';
import type { Session } from '../recorder/session';

/** What an output may add to a notebook in samples, in characters of JSON. */
const SAMPLES_LIMIT = 64 * 1024;

/**
 * What leads to a process: the process, everything upstream, their artifacts, cells and runs, with samples of its
 * output only. Null stands for all that is current, without samples.
 */
export function cutDocument(session: Session, focus: ProcessRecord | null): ProvenanceDocument {
  // Sketches are for merging, and would be most of a large output.
  const document = session.document({ samples: false, sketches: false });
  const kept =
    focus === null
      ? document.processes.filter((one) => !one.superseded)
      : withUpstream(document.processes, ({ id }) => id === focus.id);
  const ids = new Set(kept.map((process) => process.id));
  const cells = new Set(kept.map((process) => process.cell?.executionCount));
  const own = focus?.output ?? null;
  return {
    ...document,
    cells: document.cells.filter((cell) => cells.has(cell.executionCount)),
    processes: kept,
    artifacts: document.artifacts
      .filter((artifact) => ids.has(artifact.producer))
      .map((artifact) => ({
        ...artifact,
        consumers: artifact.consumers.filter((id) => ids.has(id)),
        execution:
          artifact.id === own?.id
            ? { ...artifact.execution, samples: withinLimit(own.toArtifact(true).execution.samples) }
            : artifact.execution,
      })),
    runs: document.runs
      .filter((run) => run.processes.some((id) => ids.has(id)))
      .map((run) => ({ ...run, processes: run.processes.filter((id) => ids.has(id)) })),
  };
}

function withinLimit(samples: readonly Sample[]): Sample[] {
  let size = 0;
  return samples.filter((sample) => (size += JSON.stringify(sample).length) <= SAMPLES_LIMIT);
}
