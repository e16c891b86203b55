import { type FieldStatistics, formatCount, formatValue, type Schema } from 'stemma-document';
import type { Translate } from '../elements/context';
import { h } from '../elements/dom';
import { histogram } from '../charts/histogram';

/**
 * A schema as a nested list: a line for each field, with what is known of its values below, and a mark at the places
 * where an item deviated.
 */
export function schemaTree(
  schema: Schema,
  fields: readonly FieldStatistics[],
  deviating: readonly string[],
  trans: Translate,
): HTMLElement {
  const known = { statistics: new Map(fields.map((field) => [field.path, field])), deviating: new Set(deviating) };
  const list = h('ul', 'stemma-Schema');
  if ((known.statistics.has('') || known.deviating.has('')) && schema.type !== 'record') {
    list.append(line('', schema, '', known, trans));
  } else {
    appendFields(list, schema, '', known, trans);
  }
  return list;
}

/** What is known of the fields, by their paths. */
interface Known {
  statistics: ReadonlyMap<string, FieldStatistics>;
  deviating: ReadonlySet<string>;
}

function appendFields(list: HTMLElement, schema: Schema, path: string, known: Known, trans: Translate): void {
  if (schema.type === 'record') {
    for (const field of schema.fields) {
      const below = path === '' ? field.name : `${path}.${field.name}`;
      list.append(line(field.name + (field.optional ? '?' : ''), field.schema, below, known, trans));
    }
  } else if (schema.type === 'list' && schema.items) {
    list.append(line('[ ]', schema.items, `${path}[]`, known, trans));
  } else if (schema.type === 'union') {
    schema.of.forEach((one) => list.append(line('|', one, `${path}|`, known, trans)));
  }
}

function line(name: string, schema: Schema, path: string, known: Known, trans: Translate): HTMLElement {
  const item = h('li');
  const row = h('div', 'stemma-Schema-row');
  row.append(h('span', 'stemma-Schema-name', name));
  if (known.deviating.has(path)) {
    const mark = h('span', 'stemma-Schema-mark', trans.__('anomaly'));
    mark.title = trans.__('An item did not fit the schema here; see above');
    row.append(mark);
  }
  row.append(h('span', 'stemma-Schema-type', typeText(schema, trans)));
  item.append(row);
  const field = known.statistics.get(path);
  if (field) {
    const facts = h('div', 'stemma-Schema-facts');
    facts.append(h('span', '', fieldText(field, trans)));
    if (field.histogram && field.min !== field.max) {
      facts.append(histogram(field.histogram));
    }
    item.append(facts);
  }
  const nested = h('ul', 'stemma-Schema');
  appendFields(nested, schema, path, known, trans);
  if (nested.childElementCount > 0) {
    item.append(nested);
  }
  return item;
}

function fieldText(field: FieldStatistics, trans: Translate): string {
  const { min, max, mean, distinct, items, missing } = field;
  const parts = [
    min === null || max === null
      ? ''
      : min === max
        ? trans.__('always %1', formatValue(min))
        : `${formatValue(min)} … ${formatValue(max)}`,
    mean === null || min === max ? '' : trans.__('mean %1', formatValue(mean)),
    distinct === null || (min !== null && min === max)
      ? ''
      : distinct > 1 && distinct === items - missing
        ? trans.__('all different')
        : trans._n('%2%1 distinct value', '%2%1 distinct values', distinct, field.distinctIsExact ? '' : '≈ '),
    missing > 0 ? trans.__('%1 missing', formatCount(missing)) : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** A schema in one line, without what its own lines below it say. */
function typeText(schema: Schema, trans: Translate): string {
  switch (schema.type) {
    case 'tensor':
      return `${schema.dtype} [${schema.shape.map(rangeText).join(', ')}]`;
    case 'record':
      return 'record';
    case 'list':
      return trans.__('list, length %1', rangeText(schema.length));
    case 'object':
      return schema.name;
    case 'union':
      return trans.__('one of');
    default:
      return schema.type;
  }
}

function rangeText({ min, max }: { min: number; max: number }): string {
  return min === max ? String(min) : `${min}…${max}`;
}
