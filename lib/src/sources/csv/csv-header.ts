import { inWords } from '../../util/check';

/**
 * The names of the columns, as they are in the header line. With `rename`, one that is there again gets a number, as in
 * pandas: `id.1`.
 *
 * @throws if two columns have one name otherwise.
 */
export function headerNames(header: readonly string[], rename: boolean, where: string): string[] {
  const names: string[] = [];
  const seen = new Map<string, number>();
  const all = new Set(header);
  for (const [i, name] of header.entries()) {
    if (name.startsWith('\uFEFF'))
      throw new Error(
        `${where}: the name of column ${i + 1} begins with a byte order mark (U+FEFF), which nobody sees; remove it, or pass ` +
          'the names as header: [...] with skipLines: 1',
      );
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, i);
      names.push(name);
      continue;
    }
    if (!rename) {
      const what = name === '' ? 'no name' : `the name ${inWords(name)}`;
      throw new Error(
        `${where}: duplicate column name ${inWords(name)}: columns ${first + 1} and ${i + 1} have ${what}; ` +
          `pass duplicateColumns: 'rename' to read them as ${inWords(name)} and ${inWords(`${name}.1`)}, or the names as ` +
          'header: [...] with skipLines: 1',
      );
    }
    let number = 1;
    while (all.has(`${name}.${number}`)) number++;
    all.add(`${name}.${number}`);
    names.push(`${name}.${number}`);
  }
  return names;
}
