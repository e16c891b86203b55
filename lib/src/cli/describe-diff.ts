import { type Change, type Diff, printable, type ProcessPair } from 'stemma-document';
import { nameOf, newTable } from './summary';

const SIGNS: { [match in ProcessPair['match']]: string } = {
  same: ' ',
  upstream: ' ',
  changed: '~',
  added: '+',
  removed: '-',
};

const MAX_TEXT = 60;

/** Two lined up documents as a table: a row for each process, and one for each thing that differs. */
export function describeDiff({ pairs, sameDefinition }: Diff): string {
  const table = newTable(['', 'operation', 'what differs', 'before', 'after', 'time'], 5);
  for (const { match, a, b, changes, timeRatio } of pairs) {
    const ratio = timeRatio === null ? '' : `× ${timeRatio.toPrecision(2)}`;
    const [first, ...rest] = match === 'added' || match === 'removed' ? [] : changes.map(cells);
    table.push([SIGNS[match], printable(nameOf((b ?? a)!)), ...(first ?? ['', '', '']), ratio]);
    for (const more of rest) table.push(['', '', ...more, '']);
  }
  return `${table.toString()}\n${sameDefinition ? 'the same definition' : 'the definitions differ'}`;
}

function cells({ path, a, b }: Change): [string, string, string] {
  return [printable(path), print(a), print(b)];
}

function print(value: Change['a']): string {
  if (value === null) return '';
  return printable(typeof value === 'string' ? value : JSON.stringify(value), MAX_TEXT);
}
