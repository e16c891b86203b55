import { BadRecord, type Block } from '../bad-record';
import { FileLines } from './file-lines';

/** A reader of lines says in which line of its file, from 1, a row stands, which is counted from 0 within the file. */
export type NoteLine = (row: number, line: number) => void;

/** Which row of a source that reads several files is which row of which file. */
export class FileRows {
  /** The row of the source that each file begins with, for the files that were read so far; the same in each run. */
  readonly #first: number[] = [];
  readonly #lines = new FileLines();

  constructor(private readonly files: readonly string[]) {}

  /** The file at `index` begins with the source's row `row`. */
  begin(index: number, row: number): void {
    this.#first[index] = row;
  }

  /** The source's row `row` stands in this line of its file. */
  note(row: number, line: number): void {
    this.#lines.note(row, line);
  }

  /** The file of a row, and the row's number in it, from 0; its line, where the reader noted it. */
  locate(row: number): { file: string; row: number; line: number } {
    let index = this.#first.length - 1;
    while (index > 0 && this.#first[index]! > row) index--;
    const inFile = row - (this.#first[index] ?? 0);
    return { file: this.files[Math.max(0, index)]!, row: inFile, line: this.#lines.lineOf(row) };
  }

  /** The items of the files, one file after the other. `open` gets the first row of the file that is wanted. */
  async *concat(
    open: (file: string, note: NoteLine, from: number) => AsyncGenerator<Block>,
    from = 0,
  ): AsyncGenerator<Block> {
    let row = 0;
    for (const [index, file] of this.files.entries()) {
      this.begin(index, row);
      const first = row;
      const note: NoteLine = (at, line) => this.note(first + at, line);
      for await (const items of open(file, note, from - first)) {
        row += items instanceof BadRecord ? 1 : items.length;
        yield items;
      }
    }
  }
}
