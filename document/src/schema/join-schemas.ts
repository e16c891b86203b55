import type { Schema } from '../model/document';
import { mergeSchemas } from './merge-schemas';
import { canonicalJson, compareText } from '../json/canonical-json';

/**
 * What holds of everything that either schema holds of, in one order whatever came first: fields by name, unions by
 * content.
 */
export function joinSchemas(a: Schema | null, b: Schema | null): Schema | null {
  const one = a ?? b;
  // One that stands alone is merged with itself, so that it has the form of those that were merged.
  return one === null ? null : inOrder(mergeSchemas(one, b ?? one));
}

function inOrder(schema: Schema): Schema {
  switch (schema.type) {
    case 'record': {
      const fields = schema.fields.map((field) => ({ ...field, schema: inOrder(field.schema) }));
      return { ...schema, fields: fields.sort((a, b) => compareText(a.name, b.name)) };
    }
    case 'list':
      return { ...schema, items: schema.items === null ? null : inOrder(schema.items) };
    case 'union': {
      const of = schema.of.map(inOrder).map((member) => [canonicalJson(member), member] as const);
      return { ...schema, of: of.sort(([a], [b]) => compareText(a, b)).map(([, member]) => member) };
    }
    default:
      return schema;
  }
}
