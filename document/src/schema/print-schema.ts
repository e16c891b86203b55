import type { Range, Schema } from '../model/document';

/** The talk's notation: `{image: [[3,224,224],'float32'], label: 'int'}`. */
export function printSchema(schema: Schema): string {
  switch (schema.type) {
    case 'tensor':
      return `[[${schema.shape.map(printRange).join(',')}],'${schema.dtype}']`;
    case 'record': {
      const fields = schema.fields.map((f) => `${f.name}${f.optional ? '?' : ''}: ${printSchema(f.schema)}`);
      return `{${fields.join(', ')}${schema.more ? ', …' : ''}}`;
    }
    case 'list':
      return `list(${printRange(schema.length)}${schema.items === null ? '' : `, ${printSchema(schema.items)}`})`;
    case 'union':
      return schema.of.map(printSchema).join(' | ');
    case 'object':
      return schema.name;
    default:
      return `'${schema.type}'`;
  }
}

function printRange(range: Range): string {
  return range.min === range.max ? `${range.min}` : `${range.min}..${range.max}`;
}
