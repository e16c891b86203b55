import * as Table from 'cli-table3';
import { currentProcesses, printable, printDuration, type Process, type ProvenanceDocument } from 'stemma-document';

const COLUMNS = ['operation', 'state', 'items in', 'items out', 'left out', 'per item', 'p95', 'total', 'waiting'];

const REPEATED = 'Counts are those of the latest run of each operation, times those of all its runs.';

const MAX_VERDICT = 400;

/** A table of a document's processes, with the counts of their latest runs (of a merged document, of all), and a sentence on what the runs spent their time on. */
export function summaryOf(document: ProvenanceDocument): string {
  const processes = currentProcesses(document.processes);
  const isRepeated = processes.some(({ execution }) => execution.runs > 1 && execution.latestRun !== undefined);
  const table = newTable(isRepeated ? [...COLUMNS, 'runs'] : COLUMNS, 2);
  for (const process of processes)
    table.push(isRepeated ? [...rowOf(process), `${process.execution.runs}`] : rowOf(process));
  const note = isRepeated ? [REPEATED] : [];
  const verdicts = verdictsOf(document).map((verdict) => printable(verdict, MAX_VERDICT));
  return [table.toString(), ...note, ...verdicts].join('\n');
}

/**
 * One sentence for each sink; sinks of one name on the same streams are one, such as those of the epochs of a loop. The longest run speaks. Where
 * there are several sentences each names its sink.
 */
function verdictsOf({ processes, runs }: ProvenanceDocument): string[] {
  const sinks = new Map(processes.map((process) => [process.id, process]));
  const verdicts = new Map<string, [name: string, verdict: string]>();
  for (const { sink: id, verdict } of [...runs].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))) {
    const sink = sinks.get(id);
    if (verdict === null || sink === undefined) continue;
    const place = JSON.stringify([sink.kind, sink.label, sink.inputs]);
    if (!verdicts.has(place)) verdicts.set(place, [nameOf(sink), verdict]);
  }
  const texts = new Set(
    [...verdicts.values()].map(([name, verdict]) => (verdicts.size === 1 ? verdict : `${name}: ${verdict}`)),
  );
  return [...texts];
}

/** A process as the tables call it. */
export const nameOf = ({ kind, label }: Process): string => (kind === label ? kind : `${kind} "${label}"`);

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
  const { state, ownTime, waitMs } = execution;
  const { itemsIn, itemsOut, skipped, failed } = execution.latestRun ?? execution;
  const time = (ms: number | undefined | null): string => (ms === undefined || ms === null ? '' : printDuration(ms));
  return [
    printable(nameOf(process)),
    printable(state),
    role === 'source' ? '' : `${itemsIn}`,
    role === 'sink' ? '' : `${itemsOut}`,
    skipped + failed === 0 ? '' : `${skipped + failed}`,
    time(ownTime?.meanMs),
    time(ownTime?.p95Ms),
    time(ownTime?.totalMs),
    time(waitMs),
  ];
}
