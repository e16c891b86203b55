import { printable, type Process, type ProvenanceDocument, type Run } from 'stemma-document';
import { nameOf } from './process-name';

const MAX_RUNS = 20;
const MAX_MESSAGE = 400;

/** A line for each run that failed: the step, the item, the place of the step in the source, and the message. */
export function describeFailures({ processes, runs }: ProvenanceDocument): string[] {
  const known = new Map(processes.map((process) => [process.id, process]));
  const failed = runs.filter(({ state, failure }) => state === 'failed' && failure !== null);
  const lines = failed.slice(0, MAX_RUNS).map((run) => describe(run, known));
  return failed.length > MAX_RUNS ? [...lines, `further failed runs: ${failed.length - MAX_RUNS}`] : lines;
}

function describe(run: Run, processes: ReadonlyMap<string, Process>): string {
  const { index, origin, message } = run.failure!;
  const step = failedStep(run, processes);
  const where = [
    step === undefined ? 'the run failed' : `${printable(nameOf(step))} failed`,
    ...(index === null ? [] : [`at item ${index}`]),
    ...(origin === null ? [] : [`(${printable(origin)})`]),
    ...(step === undefined ? [] : placeOf(step)),
  ];
  return `${where.join(' ')}: ${printable(message, MAX_MESSAGE)}`;
}

/** Undefined where no step is to blame, or where the limits of the record have dropped it. */
function failedStep(run: Run, processes: ReadonlyMap<string, Process>): Process | undefined {
  return run.processes
    .map((id) => processes.get(id))
    .find((process) => {
      const latest = process?.execution.latestRun;
      const part = process && (run.perProcess?.[process.id] ?? (latest?.run === run.id ? latest : undefined));
      return part?.state === 'failed';
    });
}

function placeOf({ position }: Process): string[] {
  if (!position) return [];
  return [position.file === undefined ? `at line ${position.line}` : `at ${printable(position.file)}:${position.line}`];
}
