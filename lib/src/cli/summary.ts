import * as Table from 'cli-table3';
import { currentProcesses } from '../documents/current-processes';
import type { Process, ProvenanceDocument, Run } from '../provenance/document';
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

/** A table of a document's processes, and a sentence on what the runs spent their time on. */
export function summaryOf(document: ProvenanceDocument): string {
  const table = newTable(COLUMNS, 2);
  for (const process of currentProcesses(document.processes)) table.push(rowOf(process));
  return [table.toString(), ...verdictsOf(document.runs)].join('\n');
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
