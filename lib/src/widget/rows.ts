import {
  describeNode,
  type DrawnNode,
  endsOf,
  groupNodes,
  type KnownState,
  knownState,
  type Process,
  processesOf,
  type ProvenanceDocument,
  visibleGraph,
} from 'stemma-document';

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

/** The processes of a document as rows, those upstream first, grouped as the panel groups them. */
export function rowsOf(document: ProvenanceDocument): Row[] {
  const source = {
    processes: new Map(document.processes.map((process) => [process.id, process] as const)),
    artifacts: new Map(document.artifacts.map((artifact) => [artifact.id, artifact] as const)),
  };
  const { drawn } = groupNodes(visibleGraph(source, true), source, new Set());
  const nodes = new Map(drawn.map((node) => [node.id, node] as const));
  const steps = drawn.filter(({ type }) => type === 'process');
  const rowOf = new Map(steps.map(({ id }, row) => [id, row] as const));
  /** A step's parents are streams, or groups that end in one. */
  const rowsBehind = (ids: readonly string[]): number[] => [
    ...new Set(
      ids.flatMap((id) => rowOf.get(id) ?? nodes.get(id)?.parents.flatMap((one) => rowOf.get(one) ?? []) ?? []),
    ),
  ];
  const rowFrom = (node: DrawnNode): Row[] => {
    const face = describeNode(node, source);
    const processes = processesOf(node, source);
    const [first] = processes;
    if (face === null || first === undefined) return [];
    const ends = endsOf(node, source).last;
    const outputs = ends.flatMap((process) => process.outputs.flatMap((id) => source.artifacts.get(id) ?? []));
    const inputs = rowsBehind(node.parents.filter((id) => !node.uses.includes(id)));
    return [
      {
        label: face.label,
        kind: face.kind,
        count: face.count,
        state: knownState(face.state),
        role: first.role,
        inputs,
        uses: rowsBehind(node.uses).filter((row) => !inputs.includes(row)),
        items: first.role === 'sink' ? null : outputs.reduce((sum, { execution }) => sum + execution.currentItems, 0),
        schemaText: outputs[0]?.execution.schemaText ?? null,
        ownMs: processes.reduce((sum, { execution }) => sum + (execution.selfTime?.totalMs ?? 0), 0),
      },
    ];
  };
  return steps.flatMap(rowFrom);
}
