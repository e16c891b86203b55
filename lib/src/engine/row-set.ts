import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** More rows are not kept. */
const MOST_ROWS = 2 ** 24;

/** Rows of a source in rising order: one bit each. */
export class RowSet {
  #bits = new Uint8Array(1024);

  /** False where the row is beyond what is kept. */
  add(row: number): boolean {
    if (row >= MOST_ROWS) return false;
    const at = row >> 3;
    if (at >= this.#bits.length) {
      const wider = new Uint8Array(Math.max(this.#bits.length * 2, at + 1));
      wider.set(this.#bits);
      this.#bits = wider;
    }
    this.#bits[at]! |= 1 << (row & 7);
    return true;
  }

  /** Packed, as a text. */
  toText(): string {
    return deflateRawSync(this.#bits).toString('base64');
  }

  rows(): number[] {
    const rows: number[] = [];
    this.#bits.forEach((byte, at) => {
      for (let bit = 0; byte >> bit > 0; bit++) if (((byte >> bit) & 1) === 1) rows.push(at * 8 + bit);
    });
    return rows;
  }

  static fromRows(rows: readonly number[]): RowSet {
    const set = new RowSet();
    rows.forEach((row) => set.add(row));
    return set;
  }

  /** @throws if the text was not made by `toText`. */
  static fromText(text: string): RowSet {
    const set = new RowSet();
    set.#bits = new Uint8Array(inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_ROWS / 8 }));
    return set;
  }
}
