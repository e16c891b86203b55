import { describeNode } from 'stemma-document';
import { type CellRef, problemGroups, type ProvenanceModel } from 'stemma-views';

/** Select the node that many places further on in the graph; the first or the last where none is selected. */
export function selectNeighbour({ graph, ui }: ProvenanceModel, by: 1 | -1): void {
  const at = graph.nodes.findIndex((node) => node.id === ui.selected);
  const next = graph.nodes[at < 0 && by < 0 ? graph.nodes.length - 1 : at + by];
  ui.select(next?.id ?? ui.selected);
}

/** Collapse or expand the group that the selected node is, or is a member of. */
export function toggleGroup({ graph, ui }: ProvenanceModel): void {
  const group = graph.groupOf(ui.selected ?? '');
  if (group !== undefined) {
    const member = graph.node(group)?.members[0] ?? null;
    graph.toggle(group);
    ui.select(graph.isOpen(group) ? member : group);
  }
}

/** The cell that declared the selected node; null where none is known. */
export function cellOf({ graph, store, ui }: ProvenanceModel): CellRef | null {
  const member = graph.node(ui.selected ?? '')?.members[0] ?? '';
  const process = store.processes.get(member) ?? store.processes.get(store.artifacts.get(member)?.producer ?? '');
  return process?.cell ?? null;
}

/**
 * Of the samples that the selected node shows, the origin of the first that is traced through every step; else of the
 * first.
 */
export function firstOrigin({ graph, store, ui }: ProvenanceModel): string | null {
  const members = graph.node(ui.selected ?? '')?.members ?? [];
  const outputs = members.flatMap((id) => [id, ...(store.processes.get(id)?.outputs ?? [])]);
  const samples = outputs.flatMap((id) => store.samples.get(id) ?? []);
  return (samples.find((sample) => sample.traced) ?? samples[0])?.origins[0] ?? null;
}

/** What the selected node is called; empty where none is selected. */
export function nameOf({ graph, store, ui }: ProvenanceModel): string {
  const node = graph.node(ui.selected ?? '');
  return (node && describeNode(node, store)?.label) ?? '';
}

/** Whether samples were kept of the selected node; they arrive once it is shown. */
export function hasSamples({ graph, store, ui }: ProvenanceModel): boolean {
  const members = graph.node(ui.selected ?? '')?.members ?? [];
  return members
    .flatMap((id) => [id, ...(store.processes.get(id)?.outputs ?? [])])
    .some((id) => (store.artifacts.get(id)?.execution.sampleCount ?? 0) > 0);
}

/** Whether something went wrong at the selected step. */
export function hasProblems({ graph, store, ui }: ProvenanceModel): boolean {
  const members = graph.node(ui.selected ?? '')?.members ?? [];
  return problemGroups(store).some(({ process }) => members.includes(process));
}

/** Select what the active cell made last, as soon as anything of it is known. */
export function selectActiveCell(model: ProvenanceModel): void {
  if (!selectMadeByCell(model)) {
    // A panel that was hidden gets its picture only now.
    const stop = model.store.changed.on(({ topology }) => {
      if (topology) {
        stop();
        model.graph.refresh();
        selectMadeByCell(model);
      }
    });
  }
}

/** False where nothing of the active cell is known. */
function selectMadeByCell({ graph, store, ui }: ProvenanceModel): boolean {
  const made = [...store.processes.values()].filter(
    (process) => !process.superseded && process.cell?.id === ui.activeCell,
  );
  ui.select(graph.drawnFor(made.at(-1)?.id ?? '')?.id ?? null);
  return made.length > 0;
}
