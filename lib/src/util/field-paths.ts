/** Between the names that lead to a field, in its key: no name has it. */
const SEPARATOR = '\0';

/** The key of the field `name` within the one with the key `outer`; the item itself has the empty key. */
export const fieldKey = (outer: string, name: string): string => outer + SEPARATOR + name;

/**
 * The paths of fields, by their keys: `a.b` for `b` in `a`. Where there is a field called `a.b`, too, the names with a
 * dot are quoted: `"a.b"`.
 */
export function fieldPaths(keys: Iterable<string>): string[] {
  const fields = Array.from(keys, (key) => key.split(SEPARATOR).slice(1));
  const plain = fields.map((names) => names.join('.'));
  const counts = new Map<string, number>();
  for (const path of plain) counts.set(path, (counts.get(path) ?? 0) + 1);
  return fields.map((names, i) => (counts.get(plain[i]!) === 1 ? plain[i]! : names.map(quoted).join('.')));
}

const quoted = (name: string): string => (name.includes('.') ? JSON.stringify(name) : name);
