/**
 * In which lines of its file the rows of a source stand, from 1: one entry for each place where rows and lines do not
 * go on in step.
 */
export class FileLines {
  readonly #rows: number[] = [];
  readonly #lines: number[] = [];

  /**
   * The source's row `row` stands in `line`. Told of the rows in their order; again in a later run, when the file may
   * have changed.
   */
  note(row: number, line: number): void {
    const last = this.#rows.length - 1;
    const isNew = last < 0 || row >= this.#rows[last]!;
    if (isNew ? last >= 0 && line - this.#lines[last]! === row - this.#rows[last]! : this.lineOf(row) === line) return;
    const kept = this.#before(row);
    this.#rows.length = this.#lines.length = kept;
    this.#rows.push(row);
    this.#lines.push(line);
  }

  lineOf(row: number): number {
    const at = Math.max(0, this.#before(row + 1) - 1);
    return (this.#lines[at] ?? 1) + row - (this.#rows[at] ?? 0);
  }

  /** How many entries are of rows before `row`. */
  #before(row: number): number {
    let [from, to] = [0, this.#rows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#rows[middle]! < row) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
