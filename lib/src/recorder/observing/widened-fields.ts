import { printSchema, type Schema } from 'stemma-document';

/** A tree has more; these are enough to find the place. */
const MAX_FIELDS = 16;

/**
 * The paths at which `after`, a merge of `before` with another schema, allows more than `before` did, as the statistics
 * of fields name them: `box.x`, `tags[]`; the empty text for the value itself. The deepest place that tells it, at most
 * 16 of them.
 */
export function widenedFields(before: Schema, after: Schema): string[] {
  return widened(before, after, '').slice(0, MAX_FIELDS);
}

function widened(before: Schema, after: Schema, path: string): string[] {
  if (before.type === 'record' && after.type === 'record') {
    const known = new Map(before.fields.map((field) => [field.name, field]));
    const below = after.fields.flatMap(({ name, schema, optional }) => {
      const field = known.get(name);
      const at = path === '' ? name : `${path}.${name}`;
      return field === undefined || field.optional !== optional ? [at] : widened(field.schema, schema, at);
    });
    return below.length > 0 || before.more === after.more ? below : [path];
  }
  if (before.type === 'list' && after.type === 'list' && before.items !== null && after.items !== null) {
    const below = widened(before.items, after.items, `${path}[]`);
    if (below.length > 0) return below;
  }
  return printSchema(before) === printSchema(after) ? [] : [path];
}
