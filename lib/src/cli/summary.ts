import * as Table from 'cli-table3';
import { currentProcesses } from '../documents/current-processes';
import type { Process, ProvenanceDocument, Run } from '../provenance/document';
import { printDuration } from '../recorder/duration';
import { printable } from '../util/printable';

const COLUMNS = ['operation', 'state', 'items in', 'items out', 'left out', 'per item', 'p95', 'total', 'waiting'];

const MAX_VERDICT = 400;

/** A table of a document's processes, and a sentence on what the runs spent their time on. */
export function summaryOf(document: ProvenanceDocument): string {
  const table = newTable(COLUMNS, 2);
  for (const process of currentProcesses(document.processes)) table.push(rowOf(process));
  const verdicts = verdictsOf(document.runs).map((verdict) => printable(verdict, MAX_VERDICT));
  return [table.toString(), ...verdicts].join('\n');
}

/** Of runs that say the same but for the figures, such as those of shards, the longest one speaks. */
function verdictsOf(runs: readonly Run[]): string[] {
  const verdicts = new Map<string, string>();
  for (const { verdict } of [...runs].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))) {
    const [subject] = verdict?.split(': ') ?? [];
    if (subject !== undefined && !verdicts.has(subject)) verdicts.set(subject, verdict!);
  }
  return [...verdicts.values()];
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
  const { state, itemsIn, itemsOut, skipped, failed, ownTime, waitMs } = execution;
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
