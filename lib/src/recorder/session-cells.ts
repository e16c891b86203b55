import type { Cell, CellRef } from 'stemma-document';
import type { EnteredCell } from '../host';
import { withoutHome } from './privacy/privacy';

/** The cells of a session, in the order in which they ran; no more than its limit. */
export class SessionCells {
  readonly #cells = new Map<string, Cell>();

  /** `onDropped`: one had to go. */
  constructor(
    private readonly limit: () => number,
    private readonly onDropped: () => void,
  ) {}

  has(cell: CellRef): boolean {
    return this.#cells.has(keyOf(cell));
  }

  /** What earlier executions of the cell are is history. */
  add(cell: EnteredCell): void {
    if (cell.id !== null) for (const known of this.#cells.values()) if (known.id === cell.id) known.superseded = true;
    this.#cells.set(keyOf(cell), { ...cell, superseded: false });
    if (this.#cells.size > this.limit()) this.#drop();
  }

  list(): Cell[] {
    return withoutHome([...this.#cells.values()]);
  }

  /** The oldest of those that ran again, since later cells depend on the others: else the oldest. */
  #drop(): void {
    const [oldest] = this.#cells.keys();
    let dropped = oldest!;
    for (const [key, { superseded }] of this.#cells) {
      if (!superseded) continue;
      dropped = key;
      break;
    }
    this.#cells.delete(dropped);
    this.onDropped();
  }
}

const keyOf = (cell: CellRef): string => `${cell.id}/${cell.executionCount}`;
