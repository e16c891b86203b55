import Table = require('cli-table3');
import { dvcLines } from './describe-dvc';
import {
  currentProcesses,
  hintsOf,
  printable,
  printDuration,
  type Process,
  type ProvenanceDocument,
} from 'stemma-document';
import { describeSteps } from './describe-steps';
import { nameOf } from './process-name';

const COLUMNS = [
  'operation',
  'state',
  'items in',
  'items out',
  'skipped',
  'failed',
  'per item',
  'p95',
  'total',
  'awaiting',
  'waiting',
];

const REPEATED = 'Counts are those of the latest run of each operation, times those of all its runs.';

const MAX_DIAGNOSIS = 400;

/**
 * A table of a document's processes, with the counts of their latest runs (of a merged document, of all), and a
 * sentence on what the runs spent their time on.
 */
export function summaryOf(document: ProvenanceDocument): string {
  const processes = currentProcesses(document.processes);
  const isRepeated = processes.some(({ execution }) => execution.runs > 1 && execution.latestRun !== undefined);
  const table = newTable(isRepeated ? [...COLUMNS, 'runs'] : COLUMNS, 2);
  for (const process of processes)
    table.push(isRepeated ? [...rowOf(process), `${process.execution.runs}`] : rowOf(process));
  const note = isRepeated ? [REPEATED] : [];
  const diagnoses = diagnosesOf(document).map((diagnosis) => printable(diagnosis, MAX_DIAGNOSIS));
  const steps = describeSteps(document);
  return [table.toString(), ...note, ...steps, ...diagnoses, ...hintLines(document), ...dvcLines(document)].join('\n');
}

/** What may not be meant, a line for each. */
function hintLines({ processes, artifacts }: ProvenanceDocument): string[] {
  const source = {
    processes: new Map(processes.map((process) => [process.id, process])),
    artifacts: new Map(artifacts.map((artifact) => [artifact.id, artifact])),
  };
  const latest = (process: Process): Process => ({
    ...process,
    execution: { ...process.execution, ...process.execution.latestRun },
  });
  return currentProcesses(processes).flatMap((process) =>
    hintsOf(latest(process), source).map((hint) => `hint: ${printable(nameOf(process))} ${hint}`),
  );
}

/**
 * One sentence for each sink; sinks of one name on the same streams are one, such as those of the epochs of a loop. The
 * longest run speaks. Where there are several sentences each names its sink.
 */
function diagnosesOf({ processes, runs }: ProvenanceDocument): string[] {
  const sinks = new Map(processes.map((process) => [process.id, process]));
  const diagnoses = new Map<string, [name: string, diagnosis: string]>();
  for (const { sink: id, diagnosis } of [...runs].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))) {
    const sink = sinks.get(id);
    if (diagnosis === null || sink === undefined) continue;
    const place = JSON.stringify([sink.kind, sink.label, sink.inputs]);
    if (!diagnoses.has(place)) diagnoses.set(place, [nameOf(sink), diagnosis]);
  }
  const texts = new Set(
    [...diagnoses.values()].map(([name, diagnosis]) => (diagnoses.size === 1 ? diagnosis : `${name}: ${diagnosis}`)),
  );
  return [...texts];
}

/** A table without inner rules; the first `texts` columns are texts, the others numbers. */
export function newTable(head: string[], texts = head.length): Table.Table {
  return new Table({
    head,
    colAligns: head.map((_, index) => (index < texts ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
}

function rowOf(process: Process): string[] {
  const { role, execution } = process;
  const { state, selfTime, awaitTime, waitMs } = execution;
  const { itemsIn, itemsOut, skipped, failed } = execution.latestRun ?? execution;
  const time = (ms: number | undefined | null): string => (ms === undefined || ms === null ? '' : printDuration(ms));
  return [
    printable(nameOf(process)),
    printable(state),
    role === 'source' ? '' : `${itemsIn}`,
    role === 'sink' ? '' : `${itemsOut}`,
    skipped === 0 ? '' : `${skipped}`,
    failed === 0 ? '' : `${failed}`,
    time(selfTime?.meanMs),
    time(selfTime?.p95Ms),
    time(selfTime?.totalMs),
    time(awaitTime?.totalMs),
    time(waitMs),
  ];
}
