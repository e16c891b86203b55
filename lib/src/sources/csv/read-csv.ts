import { BadRecord, type Block } from '../bad-record';
import type { FileRows } from '../files/file-rows';
import { textOf } from '../text/text';
import type { CsvPlan } from './csv-options';
import { CsvParser } from './csv-parser';
import { CsvSyntaxError } from './csv-syntax';
import { CsvTable } from './csv-table';

/** Records that are emitted at once, so that the event loop is given back while those of a large sample are handled. */
const BLOCK = 1024;

/** The rows of files of CSV as records. What comes before an error is emitted first. */
export async function* readCsv(
  files: readonly string[],
  rows: FileRows,
  plan: CsvPlan,
  warn: (text: string) => void,
): AsyncGenerator<Block> {
  const table = new CsvTable(plan, warn, (row, line) => rows.note(row, line));
  for (const [index, file] of files.entries()) {
    rows.begin(index, table.rows);
    yield* readFile(file, table, plan);
  }
  yield* attempt(table, () => table.decide());
}

async function* readFile(file: string, table: CsvTable, plan: CsvPlan): AsyncGenerator<Block> {
  const parser = new CsvParser(plan.syntax);
  const parse = (text: string | null): void => {
    try {
      table.add(text === null ? parser.end() : parser.parse(text), text?.length ?? 0);
    } catch (error) {
      if (!(error instanceof CsvSyntaxError)) throw error;
      table.add(parser.take(), 0);
      throw new Error(`${file} line ${error.line}: ${error.reason}`, { cause: error });
    }
  };
  table.begin(file);
  try {
    for await (const text of textOf(file, plan.encoding)) yield* attempt(table, () => parse(text));
  } catch (error) {
    // The text ends in an error of its own: rows that are whole come before it.
    yield* attempt(table, () => {
      table.decide();
      throw error;
    });
  }
  yield* attempt(table, () => {
    parse(null);
    table.endFile();
  });
}

/** What `work` on the table makes of rows; where it fails, all that was whole before. */
function* attempt(table: CsvTable, work: () => void): Generator<Block> {
  let failure: { error: unknown } | null = null;
  try {
    work();
  } catch (error) {
    failure = { error };
    table.decide();
  }
  for (const block of table.take())
    if (block instanceof BadRecord) yield block;
    else for (let i = 0; i < block.length; i += BLOCK) yield block.slice(i, i + BLOCK);
  if (failure !== null) throw failure.error;
}
