import { BadRecord, type Block } from '../bad-record';

/** Which row of a source that reads several files is which row of which file. */
export class FileRows {
  /** The row of the source that each file begins with, of those that were read so far; the same in each run. */
  readonly #first: number[] = [];

  constructor(private readonly files: readonly string[]) {}

  /** The file at `index` begins with the source's row `row`. */
  begin(index: number, row: number): void {
    this.#first[index] = row;
  }

  /** The file of a row, and the row's number in it, from 0. */
  locate(row: number): { file: string; row: number } {
    let index = this.#first.length - 1;
    while (index > 0 && this.#first[index]! > row) index--;
    return { file: this.files[Math.max(0, index)]!, row: row - (this.#first[index] ?? 0) };
  }

  /** The items of the files, one file after the other. */
  async *concat(open: (file: string) => AsyncGenerator<Block>): AsyncGenerator<Block> {
    let row = 0;
    for (const [index, file] of this.files.entries()) {
      this.begin(index, row);
      for await (const items of open(file)) {
        row += items instanceof BadRecord ? 1 : items.length;
        yield items;
      }
    }
  }
}
