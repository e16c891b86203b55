import { inWords } from '../../util/check';

const DELIMITERS = [';', '\t', '|', ','];

/**
 * Which options would take `names` and the fields of a row apart, where one of them is a single text that has another
 * delimiter in it; null where none would.
 */
export function otherDelimiter(names: readonly string[], fields: readonly string[], delimiter: string): string | null {
  if (names.length > 1 && fields.length > 1) return null;
  const line = (texts: readonly string[]): string => texts.join(delimiter);
  const parts = (text: string, other: string): number => text.split(other).length;
  for (const other of DELIMITERS) {
    if (other === delimiter) continue;
    const columns = names.length > 1 ? names.length : parts(names[0]!, other);
    if (columns < 2 || parts(line(fields), other) !== columns) continue;
    const hasDecimals = delimiter === ',' && /\d,\d/.test(line(fields));
    return `delimiter: ${inWords(other)}${hasDecimals ? `, decimal: ','` : ''}`;
  }
  return null;
}
