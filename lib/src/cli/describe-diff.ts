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
export function describeDiff({ pairs, sameDefinition, sameInputs, sameOutput }: Diff): string {
  const table = newTable(['', 'operation', 'what differs', 'before', 'after', 'time'], 5);
  for (const { match, a, b, changes, timeRatio } of pairs) {
    const ratio = timeRatio === null ? '' : `× ${timeRatio.toPrecision(2)}`;
    const [first, ...rest] = match === 'added' || match === 'removed' ? [] : changes.map(cells);
    const isTouched = match === 'same' && changes.some(({ layer }) => layer === 'inputs');
    table.push([
      isTouched ? SIGNS.changed : SIGNS[match],
      printable(nameOf((b ?? a)!)),
      ...(first ?? ['', '', '']),
      ratio,
    ]);
    for (const more of rest) table.push(['', '', ...more, '']);
  }
  return [
    table.toString(),
    sameDefinition ? 'the same definition' : 'the definitions differ',
    sameInputs === null
      ? 'whether the inputs are the same is not known'
      : sameInputs
        ? 'the same inputs, as far as they are known'
        : 'the inputs differ',
    sameOutput === null
      ? 'whether the output is the same is not known'
      : sameOutput
        ? 'the same output'
        : 'the outputs differ',
  ].join('\n');
}

function cells({ path, a, b }: Change): [string, string, string] {
  return [printable(path), print(a), print(b)];
}

function print(value: Change['a']): string {
  if (value === null) return '';
  return printable(typeof value === 'string' ? value : JSON.stringify(value), MAX_TEXT);
}
