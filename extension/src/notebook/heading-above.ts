import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CellRef } from 'stemma-views';

/** The nearest heading above a cell, or undefined where there is none, or the cell is gone. */
export function headingAbove({ content }: NotebookPanel, { id }: CellRef): string | undefined {
  const at = content.widgets.findIndex((widget) => widget.model.id === id);
  for (let i = at - 1; i >= 0; i--) {
    const { model } = content.widgets[i]!;
    const heading = model.type === 'markdown' ? lastHeading(model.sharedModel.getSource()) : undefined;
    if (heading !== undefined) {
      return heading;
    }
  }
  return undefined;
}

/** The last line that is a heading, as plain text. */
function lastHeading(markdown: string): string | undefined {
  const lines = markdown.replace(/^(```|~~~)[^]*?^\1/gm, '').split('\n');
  const headings = lines.flatMap((line) => /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1] ?? []);
  return headings.at(-1)?.replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, '$1') || undefined;
}
