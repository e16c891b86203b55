import type { Summary } from '../model/document';
import { formatValue } from './number';

/** A summary in one line of text. */
export function summaryText(value: Summary): string {
  switch (value.type) {
    case 'number':
      return formatValue(value.value);
    case 'text':
      return value.length > value.text.length ? `${value.text}…` : value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'tensor':
      return `${value.dtype} [${value.shape.join(', ')}]`;
    case 'record':
      return `{${value.fields.map((field) => field.name).join(', ')}}`;
    case 'list':
      return `[${value.length}]`;
    case 'other':
      return value.text;
    default:
      return value.type;
  }
}
