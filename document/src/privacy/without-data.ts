import type { Artifact, Capture, Code, Failure, Process, ProcessRun, ProvenanceDocument, Run } from '../model/document';
import { withoutQuotes } from './without-quotes';

/**
 * A document without values of the data: no samples, no items that failed or departed from the schema, no captured
 * values, nothing that a failure's message quotes. Schemas, digests of streams, counts and the statistics of fields
 * stay.
 */
export function withoutData(document: ProvenanceDocument): ProvenanceDocument {
  return {
    ...document,
    processes: document.processes.map(hideFailures),
    artifacts: document.artifacts.map(hideValues),
    runs: document.runs.map(hideRun),
  };
}

const hidden = (failure: Failure): Failure => ({
  ...failure,
  input: null,
  message: withoutQuotes(failure.message),
});

const hiddenPart = <T extends ProcessRun>(part: T): T => ({ ...part, failure: part.failure && hidden(part.failure) });

function hideRun({ perProcess, ...run }: Run): Run {
  const parts = Object.entries(perProcess ?? {}).map(([id, part]) => [id, hiddenPart(part)]);
  return {
    ...run,
    failure: run.failure && hidden(run.failure),
    ...(perProcess === undefined ? {} : { perProcess: Object.fromEntries(parts) as typeof perProcess }),
  };
}

function hideFailures(process: Process): Process {
  const { failure, skippedItems, latestRun, commands } = process.execution;
  const execution = {
    ...process.execution,
    failure: failure && hidden(failure),
    skippedItems: skippedItems.map(hidden),
    ...(latestRun === undefined ? {} : { latestRun: hiddenPart(latestRun) }),
    ...(commands === undefined ? {} : { commands: commands.map(({ output: _, ...command }) => command) }),
  };
  return { ...process, code: process.code && hideCaptures(process.code), execution };
}

/** The code stays, of captured functions, too. */
function hideCaptures<T extends { code?: Code; captures?: Capture[] }>(holder: T): T {
  const { captures } = holder;
  const code = holder.code && hideCaptures(holder.code);
  return {
    ...holder,
    ...(code === undefined ? {} : { code }),
    ...(captures === undefined ? {} : { captures: captures.map(hiddenCapture) }),
  };
}

function hiddenCapture(capture: Capture): Capture {
  const { value, digest, ...rest } = hideCaptures(capture);
  return value === undefined && digest === undefined ? rest : { ...rest, unknown: 'private' };
}

function hideValues(artifact: Artifact): Artifact {
  const { anomaly, ...execution } = artifact.execution;
  const { value: _, ...place } = anomaly ?? {};
  const shown = anomaly === null ? null : (place as typeof anomaly);
  return { ...artifact, execution: { ...execution, anomaly: shown, samples: [] } };
}
