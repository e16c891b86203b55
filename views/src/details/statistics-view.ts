import { formatCount, formatExact, formatValue, type Histogram, type Summary } from 'stemma-document';
import { countBars } from '../charts/count-bars';
import { histogram } from '../charts/histogram';
import type { Translate } from '../elements/context';
import { h } from '../elements/dom';

const SIZE = { width: 240, height: 56 };
/** More values are a range rather than classes. */
const MOST_BARS = 20;

type RecordSummary = Extract<Summary, { type: 'record' }>;

/**
 * What `statistics()` returned, drawn: for each field its figures, and how its values are distributed. Null for any
 * other value.
 */
export function statisticsView(value: Summary, trans: Translate): HTMLElement | null {
  const fields = memberOf(value, 'fields');
  if (!isRecord(fields) || memberOf(value, 'items')?.type !== 'number' || !fields.fields.every(isStatistics)) {
    return null;
  }
  const box = h('div', 'stemma-Statistics');
  box.append(h('p', 'stemma-Hint', trans.__('Statistics of all %1 items', formatCount(numberOf(value, 'items') ?? 0))));
  box.append(...fields.fields.map((field) => fieldView(field.name, field.value, trans)));
  return box;
}

function fieldView(name: string, value: Summary, trans: Translate): HTMLElement {
  const part = h('div', 'stemma-Statistics-field');
  part.append(h('code', 'stemma-Statistics-name', name === '' ? trans.__('value') : name));
  const numbers = memberOf(value, 'numbers');
  const facts = [
    ['mean', 'std', 'min', 'max'].map((key) => [key, numberOf(numbers, key)] as const),
    ['missing', 'nan', 'infinite'].map((key) => [key, numberOf(value, key) || null] as const),
  ].flat();
  const text = facts.flatMap(([key, number]) => (number === null ? [] : `${key} ${formatValue(number)}`)).join(' · ');
  const line = h('div', 'stemma-Hint', text);
  line.title = facts.flatMap(([key, number]) => (number === null ? [] : `${key} ${formatExact(number)}`)).join('\n');
  part.append(line);
  const counted = categoriesOf(value);
  const bins = histogramOf(numbers);
  if (counted) {
    part.append(countBars(counted));
  } else if (bins && bins.low !== bins.high) {
    const axis = h('div', 'stemma-Statistics-axis');
    axis.append(h('span', '', formatValue(bins.low)), h('span', '', formatValue(bins.high)));
    part.append(histogram(bins, SIZE), axis);
  }
  return part;
}

/** How often each value came, numbers in their order; null where there are more than are listed. */
function categoriesOf(value: Summary): { name: string; count: number }[] | null {
  const categories = memberOf(value, 'categories');
  const top = memberOf(categories, 'top');
  const distinct = numberOf(categories, 'distinct');
  if (top?.type !== 'list' || distinct === null || distinct > MOST_BARS || top.items.length < distinct) {
    return null;
  }
  const counted = top.items.map((one) => ({ value: memberOf(one, 'value'), count: numberOf(one, 'count') ?? 0 }));
  if (counted.every((one) => one.value?.type === 'number')) {
    counted.sort((a, b) => numberIn(a.value) - numberIn(b.value));
  }
  return counted.map((one) => ({ name: textOf(one.value), count: one.count }));
}

const numberIn = (value: Summary | undefined): number => (value?.type === 'number' ? Number(value.value) : NaN);

function textOf(value: Summary | undefined): string {
  switch (value?.type) {
    case 'text':
      return value.text === '' ? '""' : value.text;
    case 'number':
    case 'bool':
      return String(value.value);
    default:
      return '';
  }
}

function histogramOf(numbers: Summary | undefined): Histogram | null {
  const bins = memberOf(numbers, 'histogram');
  const counts = memberOf(bins, 'counts');
  const [low, high] = [numberOf(bins, 'low'), numberOf(bins, 'high')];
  return low === null || high === null || counts?.type !== 'list' || counts.items.length < counts.length
    ? null
    : { low, high, counts: counts.items.map((one) => (one.type === 'number' ? Number(one.value) : 0)) };
}

const isRecord = (value: Summary | undefined): value is RecordSummary => value?.type === 'record';
const isStatistics = ({ value }: { value: Summary }): boolean =>
  ['present', 'missing', 'numbers', 'categories'].every((name) => memberOf(value, name) !== undefined);

function memberOf(value: Summary | undefined, name: string): Summary | undefined {
  return isRecord(value) ? value.fields.find((field) => field.name === name)?.value : undefined;
}

function numberOf(value: Summary | undefined, name: string): number | null {
  const member = memberOf(value, name);
  return member?.type === 'number' && typeof member.value === 'number' ? member.value : null;
}
