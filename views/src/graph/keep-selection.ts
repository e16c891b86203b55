import type { ProvenanceStore } from '../model/store';
import { successor } from '../model/successor';
import type { UiState } from '../model/ui-state';
import { memberOf } from 'stemma-document';
import type { GraphModel } from './graph-model';

/** A node that its cell has declared again, or that is in a group now, stays selected. */
export function keepSelection({ ui, graph, store }: { ui: UiState; graph: GraphModel; store: ProvenanceStore }): void {
  const { selected } = ui;
  if (selected === null || graph.node(selected)) {
    return;
  }
  const member = memberOf(selected);
  const now = graph.drawnFor(successor(member, store) ?? member);
  if (now) {
    ui.moveSelection(now.id);
  }
}
