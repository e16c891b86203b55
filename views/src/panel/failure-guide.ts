import type { ViewContext } from '../elements/context';
import type { RunSummary } from '../model/summary';

/** Leads to the step that failed, once for each run: it is selected where nothing is, and brought into view anyway. */
export class FailureGuide {
  constructor(
    private readonly _context: ViewContext,
    private readonly _reveal: (id: string) => void,
  ) {}

  follow(summary: RunSummary | null): void {
    const { graph, ui } = this._context;
    const node = summary?.state === 'failed' ? graph.drawnFor(summary.step?.id ?? '') : undefined;
    if (!summary || !node || this._seen === summary.run.id) {
      return;
    }
    this._seen = summary.run.id;
    if (ui.selected === null) {
      ui.select(node.id);
    }
    this._reveal(node.id);
  }

  private _seen: string | null = null;
}
