import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { CellRef } from 'stemma-views';

/** Scroll the notebook to a cell and select it, or a line of it, counted from 1. False where the cell is gone. */
export function revealCell(panel: NotebookPanel, cell: CellRef, line?: number): boolean {
  const notebook = panel.content;
  const index = notebook.widgets.findIndex((widget) => widget.model.id === cell.id);
  if (index < 0) {
    return false;
  }
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  void notebook.scrollToItem(index, 'smart').then(() => markLine(notebook, line));
  return true;
}

/** Select a line of the active cell, whose editor is there once the cell is in view. */
function markLine(notebook: Notebook, line: number | undefined): void {
  const editor = notebook.activeCell?.editor;
  const text = line === undefined ? undefined : editor?.getLine(line - 1);
  if (editor && line !== undefined && text !== undefined) {
    notebook.mode = 'edit';
    editor.focus();
    editor.setSelection({ start: { line: line - 1, column: 0 }, end: { line: line - 1, column: text.length } });
  }
}
