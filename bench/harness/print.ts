import type { CheckResult, Measurement } from './check';
import type { RaceResult, TargetResult, VariantResult } from './run-race';

/** A table in Markdown. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

export function printRace(result: RaceResult): string {
  const cpuUnit = result.unit === 'ns/item' ? 'ns' : 'ms';
  const rows = result.variants.map((variant) => [
    variant.name,
    String(variant.items),
    ...amounts(variant, result.unit),
    digits(variant.cpuNsPerItem / (cpuUnit === 'ms' ? 1e6 : 1)),
    variant.ratio === null ? '' : ratio(variant.ratio),
  ]);
  return [
    `## ${result.title}`,
    '',
    table(
      [
        'variant',
        'items',
        result.unit,
        'min … max',
        `CPU ${cpuUnit}/item`,
        `${cpuUnit === 'ns' ? 'CPU' : 'time'} ÷ ${result.baseline}`,
      ],
      rows,
    ),
    ...(result.leftOut.length > 0
      ? ['', ...result.leftOut.map(({ name, reason }) => `Left out: ${name}: ${reason}.`)]
      : []),
    ...(result.targets.length > 0 ? ['', ...result.targets.map(printTarget)] : []),
    '',
  ].join('\n');
}

function amounts({ nsPerItem: { median, min, max } }: VariantResult, unit: RaceResult['unit']): [string, string] {
  if (unit === 'ns/item') return [digits(median), `${digits(min)} … ${digits(max)}`];
  return [digits(1e9 / median), `${digits(1e9 / max)} … ${digits(1e9 / min)}`];
}

function printTarget({ text, measured, wanted, met }: TargetResult): string {
  if (measured === null) return `- ${text}: not measured`;
  const found = wanted < 1 ? `${digits(1 / measured)} ×` : `${ratio(measured)} ×`;
  return `- ${text}: ${met ? 'met' : 'MISSED'} (${found})`;
}

export function printCheck({ title, measurements }: CheckResult): string {
  const rows = measurements.map((one) => [
    one.what,
    `${digits(one.measured)} ${one.unit}`,
    wanted(one),
    one.met === null ? '' : one.met ? 'met' : 'MISSED',
  ]);
  return [`## ${title}`, '', table(['what', 'measured', 'wanted', ''], rows), ''].join('\n');
}

function wanted({ atMost, atLeast, unit }: Measurement): string {
  if (atMost !== undefined && atMost === atLeast) return `${atMost} ${unit}`;
  if (atMost !== undefined) return `at most ${atMost} ${unit}`;
  return atLeast === undefined ? '' : `at least ${atLeast} ${unit}`;
}

export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const ratio = (value: number): string => (value < 0.1 ? value.toFixed(4) : digits(value));
