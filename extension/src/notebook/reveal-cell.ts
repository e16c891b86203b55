import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CellRef } from 'stemma-views';

/** Scroll the notebook to a cell and select it. False where the cell is gone. */
export function revealCell(panel: NotebookPanel, cell: CellRef): boolean {
  const notebook = panel.content;
  const index = notebook.widgets.findIndex((widget) => widget.model.id === cell.id);
  if (index < 0) {
    return false;
  }
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  void notebook.scrollToItem(index, 'smart');
  return true;
}
