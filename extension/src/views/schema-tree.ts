import type { Schema } from '../model/types';
import { h } from './dom';

/** A schema as a nested list: a line for each field. */
export function schemaTree(schema: Schema): HTMLElement {
  const list = h('ul', 'stemma-Schema');
  appendFields(list, schema);
  return list.childElementCount > 0 ? list : h('span');
}

function appendFields(list: HTMLElement, schema: Schema): void {
  if (schema.type === 'record') {
    for (const field of schema.fields) {
      list.append(line(field.name + (field.optional ? '?' : ''), field.schema));
    }
  } else if (schema.type === 'list' && schema.items) {
    list.append(line('[ ]', schema.items));
  } else if (schema.type === 'union') {
    schema.of.forEach((one) => list.append(line('|', one)));
  }
}

function line(name: string, schema: Schema): HTMLElement {
  const item = h('li');
  const row = h('div', 'stemma-Schema-row');
  row.append(h('span', 'stemma-Schema-name', name), h('span', 'stemma-Schema-type', typeText(schema)));
  item.append(row);
  const nested = h('ul', 'stemma-Schema');
  appendFields(nested, schema);
  if (nested.childElementCount > 0) {
    item.append(nested);
  }
  return item;
}

/** A schema in one line, without what its own lines below it say. */
function typeText(schema: Schema): string {
  switch (schema.type) {
    case 'tensor':
      return `${schema.dtype} [${schema.shape.map(rangeText).join(', ')}]`;
    case 'record':
      return 'record';
    case 'list':
      return `list, length ${rangeText(schema.length)}`;
    case 'object':
      return schema.name;
    case 'union':
      return 'one of';
    default:
      return schema.type;
  }
}

function rangeText({ min, max }: { min: number; max: number }): string {
  return min === max ? String(min) : `${min}…${max}`;
}
