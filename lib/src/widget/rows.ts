import type { Artifact, KnownState, Process, ProvenanceDocument } from 'stemma-document';

/** One line of the static picture: a process, or several alike. */
export interface Row {
  label: string;
  kind: string;
  /** How many processes it stands for. */
  count: number;
  state: KnownState;
  role: Process['role'];
  /** Rows, from above, whose items it takes. */
  inputs: number[];
  /** Rows, from above, whose values its function uses. */
  uses: number[];
  /** Items that came out in the latest run; null of a sink. */
  items: number | null;
  schemaText: string | null;
  ownMs: number;
}

/** From how many alike on they are one row. */
const FOLD_FROM = 3;
const STATES: readonly KnownState[] = ['failed', 'running', 'aborted', 'new', 'complete'];

/** The processes of a document as rows, those upstream first. Parallel processes that are alike but for a number become one row. */
export function rowsOf(document: ProvenanceDocument): Row[] {
  const artifacts = new Map(document.artifacts.map((artifact) => [artifact.id, artifact]));
  const groups = groupProcesses(document.processes, artifacts);
  const rowOf = new Map(groups.flatMap((group, index) => group.map((process) => [process.id, index] as const)));
  const rowsBehind = (ids: readonly string[]): number[] => [
    ...new Set(ids.flatMap((id) => rowOf.get(artifacts.get(id)?.producer ?? '') ?? [])),
  ];
  return groups.map((group) => {
    const first = group[0]!;
    const outputs = group.flatMap((process) => process.outputs.flatMap((id) => artifacts.get(id) ?? []));
    const inputs = rowsBehind(group.flatMap((process) => process.inputs));
    return {
      label: group.length > 1 ? first.label.replace(/\d+/, '…') : first.label,
      kind: first.kind,
      count: group.length,
      state: STATES.find((state) => group.some((process) => process.execution.state === state)) ?? 'new',
      role: first.role,
      inputs,
      uses: rowsBehind(group.flatMap((process) => process.uses)).filter((row) => !inputs.includes(row)),
      items: first.role === 'sink' ? null : outputs.reduce((sum, { execution }) => sum + execution.currentItems, 0),
      schemaText: outputs[0]?.execution.schemaText ?? null,
      ownMs: group.reduce((sum, { execution }) => sum + (execution.selfTime?.totalMs ?? 0), 0),
    };
  });
}

/** Processes of one depth, kind, cell and label (numbers aside) with parents alike. */
function groupProcesses(processes: readonly Process[], artifacts: ReadonlyMap<string, Artifact>): Process[][] {
  const depths = new Map<string, number>();
  // Numbers stand for the keys of what is upstream: written out, a chain's keys would double at each step.
  const keys = new Map<string, number>();
  const numbers = new Map<string, number>();
  const groups = new Map<string, Process[]>();
  for (const process of processes) {
    const parents = [...process.inputs, ...process.uses].flatMap((id) => artifacts.get(id)?.producer ?? []);
    const depth = Math.max(-1, ...parents.map((id) => depths.get(id) ?? -1)) + 1;
    depths.set(process.id, depth);
    const above = [...new Set(parents.map((id) => keys.get(id) ?? -1))].sort((a, b) => a - b);
    const own = [depth, process.kind, process.label.replace(/\d+/g, '#'), process.cell?.executionCount, above];
    const key = JSON.stringify(own);
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    keys.set(process.id, numbers.get(key)!);
    groups.set(key, [...(groups.get(key) ?? []), process]);
  }
  return [...groups.values()]
    .flatMap((group) => (group.length >= FOLD_FROM ? [group] : group.map((process) => [process])))
    .sort((a, b) => depths.get(a[0]!.id)! - depths.get(b[0]!.id)!);
}
