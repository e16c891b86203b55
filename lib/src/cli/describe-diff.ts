import { type Change, type Diff, diffCode, printable, type ProcessPair } from 'stemma-document';
import { plural } from '../util/plural';
import { plainText } from './plain-text';
import { nameOf } from './process-name';
import { newTable } from './summary';

const SIGNS: { [match in ProcessPair['match']]: string } = {
  same: ' ',
  upstream: '^',
  changed: '~',
  added: '+',
  removed: '-',
};

const WORDS: { [match in ProcessPair['match']]: string } = {
  same: 'the same',
  upstream: 'upstream changed',
  changed: 'changed',
  added: 'added',
  removed: 'removed',
};

const MAX_TEXT = 60;
/** How many statistics of fields are listed of an operation. */
const MAX_STATISTICS = 4;
/** How many lines of code are shown of an operation, each at most so long. */
const MAX_LINES = 60;
const MAX_LINE = 160;
/** How many lines around what differs. */
const AROUND = 2;

/**
 * Two lined up documents as a table: a row for each process, and one for each thing that differs; then the code that
 * differs, line by line, and what differs around the graph.
 */
export function describeDiff({ pairs, sameDefinition, sameInputs, sameOutput, environment }: Diff): string {
  const table = newTable(['', 'operation', 'what differs', 'before', 'after', 'time'], 5);
  for (const { match, a, b, changes, timeRatio } of pairs) {
    const ratio = timeRatio === null ? '' : `× ${timeRatio.toPrecision(2)}`;
    const [first, ...rest] = match === 'added' || match === 'removed' ? [] : rowsOf(changes);
    table.push([SIGNS[match], printable(nameOf((b ?? a)!)), ...(first ?? ['', '', '']), ratio]);
    for (const more of rest) table.push(['', '', ...more, '']);
  }
  return [
    table.toString(),
    countsOf(pairs),
    ...pairs.flatMap(codeOf),
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
    ...environment.map(describeChange),
  ].join('\n');
}

/** `1 changed (~), 2 upstream changed (^), 5 the same`, which explains the signs. */
function countsOf(pairs: readonly ProcessPair[]): string {
  const of = (match: ProcessPair['match']): number => pairs.filter((pair) => pair.match === match).length;
  return (Object.keys(SIGNS) as ProcessPair['match'][])
    .reverse()
    .filter((match) => of(match) > 0)
    .map((match) => `${of(match)} ${WORDS[match]}${match === 'same' ? '' : ` (${SIGNS[match]})`}`)
    .join(', ');
}

function rowsOf(changes: readonly Change[]): [string, string, string][] {
  const statistics = changes.filter(({ layer }) => layer === 'statistics');
  const left = statistics.length - MAX_STATISTICS;
  return [
    ...changes.filter(({ layer }) => layer !== 'statistics').map(cells),
    ...statistics.slice(0, MAX_STATISTICS).map(cells),
    ...(left > 0 ? [[`and ${plural(left, 'more statistic')}`, '', ''] satisfies [string, string, string]] : []),
  ];
}

/** The code of a pair that is not the same, as `diff -u` has it. */
function codeOf({ b, changes }: ProcessPair): string[] {
  const code = changes.find(({ path }) => path === 'code');
  if (typeof code?.a !== 'string' || typeof code.b !== 'string') return [];
  const lines = diffCode(code.a, code.b);
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same');
  const shown = lines.flatMap(({ kind, text }, index) =>
    isNear(index) ? [`${{ same: ' ', added: '+', removed: '-' }[kind]} ${printable(text, MAX_LINE)}`] : [],
  );
  const more = shown.length > MAX_LINES ? [`  and ${shown.length - MAX_LINES} more lines`] : [];
  return [`code of ${printable(nameOf(b!))}:`, ...shown.slice(0, MAX_LINES), ...more];
}

function describeChange({ path, a, b }: Change): string {
  const name = path.replace(/^(parameter|package|file)s\./, '$1 ');
  return printable(`${name}: ${plain(a)} before, ${plain(b)} after`);
}

const plain = (value: Change['a']): string => (value === null ? 'none' : plainText(value));

function cells({ path, a, b }: Change): [string, string, string] {
  return [printable(path), print(a), print(b)];
}

function print(value: Change['a']): string {
  return value === null ? '' : printable(plainText(value), MAX_TEXT);
}
