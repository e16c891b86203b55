import * as Table from 'cli-table3';
import { currentProcesses } from '../documents/current-processes';
import type { Process, ProvenanceDocument } from '../provenance/document';
import { printDuration } from '../recorder/duration';

const COLUMNS = [
  'operation',
  'state',
  'items in',
  'items out',
  'left out',
  'per item',
  '95 % below',
  'total',
  'waiting',
];

/** A table of a document's processes, and for each run a sentence on what it spent its time on. */
export function summaryOf(document: ProvenanceDocument): string {
  const table = newTable(COLUMNS, 2);
  for (const process of currentProcesses(document.processes)) table.push(rowOf(process));
  const verdicts = document.runs.flatMap(({ verdict }) => verdict ?? []);
  return [table.toString(), ...new Set(verdicts)].join('\n');
}

/** A table without inner rules; the first `texts` columns are texts, the others numbers. */
export function newTable(head: string[], texts = head.length): Table.Table {
  return new Table({
    head,
    colAligns: head.map((_, index) => (index < texts ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
}

function rowOf({ kind, label, role, execution }: Process): string[] {
  const { state, itemsIn, itemsOut, skipped, failed, ownTime, waitMs } = execution;
  const time = (ms: number | undefined | null): string => (ms === undefined || ms === null ? '' : printDuration(ms));
  return [
    kind === label ? kind : `${kind} "${label}"`,
    state,
    role === 'source' ? '' : `${itemsIn}`,
    role === 'sink' ? '' : `${itemsOut}`,
    skipped + failed === 0 ? '' : `${skipped + failed}`,
    time(ownTime?.meanMs),
    time(ownTime?.p95Ms),
    time(ownTime?.totalMs),
    time(waitMs),
  ];
}
