/**
 * The fields of a record's schema in the talk's notation, e.g. `a: 'int'` and `b?: 'str'`; null where it is not a
 * record.
 */
export function schemaFields(text: string): { name: string; text: string }[] | null {
  const record = /^\{(.*)\}$/s.exec(text);
  if (record === null) return null;
  const fields: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of record[1] as string) {
    if ('[{('.includes(char)) depth++;
    else if (']})'.includes(char)) depth--;
    if (char === ',' && depth === 0) {
      fields.push(current);
      current = '';
    } else current += char;
  }
  fields.push(current);
  return fields
    .map((field) => ({ name: (field.split(':')[0] as string).trim(), text: field.trim() }))
    .filter(({ name }) => name !== '');
}

/** Of a record's schema only the fields with these names; all of it where none is among them. */
export function onlyFields(text: string, names: ReadonlySet<string>): string {
  const fields = schemaFields(text) ?? [];
  const kept = fields.filter(({ name }) => names.has(name.replace(/\?$/, '')));
  if (kept.length === 0 || kept.length === fields.length) return text;
  return `{${kept.map((field) => field.text).join(', ')}, …}`;
}
