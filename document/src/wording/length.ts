import type { Length } from '../model/document';
import { formatCount } from './number';

/** A length as a person says it: `9,469`, `≤ 9,469`, `∞`, `?`. */
export function formatLength(length: Length): string {
  switch (length.kind) {
    case 'exact':
      return formatCount(length.items);
    case 'atMost':
      return `≤ ${formatCount(length.items)}`;
    case 'infinite':
      return '∞';
    default:
      return '?';
  }
}
