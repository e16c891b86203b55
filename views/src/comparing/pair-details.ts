import { type Change, changedTimes, type Process, type ProcessPair } from 'stemma-document';
import { codeBlock } from '../details/code';
import type { Translate, ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { matchIcon } from '../elements/icons';
import { matchMeaning, matchName } from '../elements/match-names';
import { FactList, section } from '../elements/section';
import { optionRows } from '../format/options';
import type { Comparison } from '../model/comparison';
import { changeTable } from './change-table';
import { codeDiff } from './code-diff';

/** A titled table of what differs in one respect. */
interface Respect {
  title(trans: Translate): string;
  holds(change: Change): boolean;
  /** What all of its paths begin with. */
  strip?: string;
}

const isCapture = ({ path }: Change): boolean => path.startsWith('captures.');

const RESPECTS: readonly Respect[] = [
  {
    title: (trans) => trans.__('Options'),
    holds: ({ layer, path }) => layer === 'definition' && path !== 'code',
    strip: 'options.',
  },
  { title: (trans) => trans.__('Captured values'), holds: isCapture, strip: 'captures.' },
  { title: (trans) => trans.__('What it read'), holds: (change) => change.layer === 'inputs' && !isCapture(change) },
  { title: (trans) => trans.__('What came out'), holds: ({ layer }) => layer === 'output' },
  { title: (trans) => trans.__('Counts and schema'), holds: ({ layer }) => layer === 'execution' },
  {
    title: (trans) => trans.__('Statistics of fields'),
    holds: ({ layer }) => layer === 'statistics',
    strip: 'fields.',
  },
  { title: (trans) => trans.__('Times'), holds: ({ layer }) => layer === 'times' },
];

/** What differs between a step and its counterpart, and nothing else; of a step without one, what it does. */
export function pairDetails(pair: ProcessPair, comparison: Comparison, context: ViewContext): HTMLElement {
  const { trans } = context;
  const { a, b, match } = pair;
  const process = (b ?? a)!;
  const part = h('article', 'stemma-Compared');
  part.dataset['match'] = match;
  const title = h('h2', 'stemma-Details-label', process.label);
  title.title = process.label;
  const head = h('div', 'stemma-Details-title');
  head.append(matchIcon(match), title, h('span', 'stemma-Chip', process.kind));
  head.append(h('span', 'stemma-Details-state', matchName(match, trans)));
  part.append(head, h('p', 'stemma-Hint', matchMeaning(match, trans)));
  if (a === null || b === null) {
    part.append(h('p', 'stemma-Hint', trans.__('In: %1', b === null ? comparison.before : comparison.after)));
    part.append(...alone(process, trans));
    return part;
  }
  const changes = [...pair.changes, ...changedTimes(pair)];
  const texts = changes.filter(isOfLines);
  for (const { path, a: before, b: after } of texts) {
    const name = path === 'code' ? trans.__('Code') : path;
    part.append(section(name, codeDiff(String(before), String(after), trans)));
  }
  for (const { title: name, holds, strip } of RESPECTS) {
    const found = changes.filter((change) => holds(change) && !texts.includes(change));
    if (found.length > 0) {
      part.append(section(name(trans), changeTable(found, context, strip)));
    }
  }
  if (changes.length === 0) {
    part.append(h('p', 'stemma-Hint', trans.__('Nothing about this step differs, not even its times.')));
  }
  return part;
}

/** Code, or the source of a captured function. */
const isOfLines = ({ path, a, b }: Change): boolean =>
  typeof a === 'string' &&
  typeof b === 'string' &&
  (path === 'code' || (isCapture({ path } as Change) && /\n/.test(a + b)));

function alone({ code, options }: Process, trans: Translate): HTMLElement[] {
  const facts = new FactList();
  facts.element.classList.add('stemma-mod-code');
  const rows = Object.entries(optionRows(options));
  rows.forEach(([name, value]) => facts.set(name, value));
  return [
    ...(code === null ? [] : [section(trans.__('Source'), codeBlock(code.source))]),
    ...(rows.length === 0 ? [] : [section(trans.__('Options'), facts.element)]),
  ];
}
