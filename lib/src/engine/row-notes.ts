import { type Origin, originOf, sourceOf } from './origin';
import { RowSet } from './row-set';

/** Of each operation those of the pass that a sink is in, and of the one that it reads ahead. */
const PASSES = 2;

/** Which rows of a source have reached an operation in one of its passes, as long as they come in their order. */
export class RowNotes {
  #rows: RowSet | null = new RowSet();
  /** Of row 0 of the source; null before the first item. */
  #first: number | null = null;
  #highest = -1;
  /** This many items are among the rows already. */
  #again = 0;

  /** Null where nobody will ask for them. */
  static of(run: { readonly notedRows: Map<object, RowNotes[]> | null }, node: object): RowNotes | null {
    if (run.notedRows === null) return null;
    const notes = new RowNotes();
    run.notedRows.set(node, [...(run.notedRows.get(node) ?? []), notes].slice(-PASSES));
    return notes;
  }

  /** The rows that an earlier run noted; `again` of them are about to come once more. */
  goOn(rows: readonly number[], again: number): void {
    this.#rows = RowSet.fromRows(rows);
    this.#again = again;
  }

  add(origins: readonly Origin[]): void {
    for (let i = 0; i < origins.length && this.#rows !== null; i++) {
      const origin = origins[i]!;
      if (typeof origin !== 'number') this.#rows = null;
      else {
        this.#first ??= originOf(sourceOf(origin), 0);
        this.#note(origin - this.#first);
      }
    }
  }

  #note(row: number): void {
    if (this.#again > 0) {
      this.#again--;
      return;
    }
    if (row <= this.#highest || this.#rows?.add(row) !== true) this.#rows = null;
    this.#highest = row;
  }

  /** Of the pass of the source that `origin` speaks of; null where these are not known. */
  rowsAt(origin: number): RowSet | null {
    return this.#first === originOf(sourceOf(origin), 0) ? this.#rows : null;
  }
}
