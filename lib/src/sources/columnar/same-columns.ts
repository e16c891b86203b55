/** A column of a file and what its values are, in words: `text`, `number`, `list of text`. */
export interface ColumnKind {
  name: string;
  kind: string;
}

/** What a column without any value is: all others may have it for one of theirs. */
export const NOTHING = 'nothing but null';

/** Checks that several files have one schema: each column that is read has one name and one kind of values in all. */
export class SameColumns {
  #first: { file: string; columns: ReadonlyMap<string, string> } | null = null;

  /**
   * The names in the order of the first file, which the records of all files keep.
   *
   * @throws if the columns of `file` differ from those of the first one.
   */
  check(file: string, columns: readonly ColumnKind[]): string[] {
    const found = new Map(columns.map(({ name, kind }) => [name, kind]));
    if (this.#first === null) {
      this.#first = { file, columns: found };
      return [...found.keys()];
    }
    const { file: first, columns: expected } = this.#first;
    const differs = (what: string): Error =>
      new Error(
        `"${file}" has other columns than "${first}": ${what}; read it by itself, or pass the columns that all files have ` +
          'as columns: […]',
      );
    for (const [name, kind] of expected) {
      const got = found.get(name);
      if (got === undefined) throw differs(`it has no column ${JSON.stringify(name)}`);
      if (got !== kind && got !== NOTHING && kind !== NOTHING)
        throw differs(`expected ${kind} in ${JSON.stringify(name)}, got ${got}`);
    }
    for (const name of found.keys())
      if (!expected.has(name)) throw differs(`it has the column ${JSON.stringify(name)}, too`);
    return [...expected.keys()];
  }
}
