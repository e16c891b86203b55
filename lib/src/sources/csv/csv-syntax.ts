/** How a file of CSV is written. */
export interface CsvSyntax {
  /** One character or more. */
  delimiter: string;
  /** What may stand around a field; null: nothing does. */
  quote: string | null;
  /**
   * What escapes a quote in a quoted field: usually the quote itself. Null where there are no quotes.
   */
  escape: string | null;
  /** Lines that begin with it are left out. */
  comment: string | null;
  /** Spaces and tabs around fields are left out. */
  trim: boolean;
  /** Something may follow a quoted field, and belongs to it, as in Python. */
  relaxQuotes: boolean;
  /** Whether lines with nothing in them are left out. */
  skipBlankLines: boolean;
  /** How many lines to leave out before all others. */
  skipLines: number;
}

/** Rows of fields, and the line that each of them begins in. */
export interface CsvRows {
  rows: string[][];
  lines: number[];
}

/** A file that is not valid CSV; `line` is where. */
export class CsvSyntaxError extends Error {
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`line ${line}: ${reason}`);
  }
}
