import {
  currentProcesses,
  formatValue,
  type JsonValue,
  latestMetrics,
  printable,
  type Process,
  type ProvenanceDocument,
} from 'stemma-document';
import { plainText } from './plain-text';
import { nameOf } from './process-name';

const MAX_TEXT = 60;
/** Parameters, and figures, of one step. */
const MAX_FACTS = 12;

/** A line for each step that has parameters or metrics: these, as they were in the end. */
export function describeSteps({ processes }: ProvenanceDocument): string[] {
  return currentProcesses(processes).flatMap((process) => {
    if (process.kind !== 'step') return [];
    const parts = [parametersOf(process), metricsOf(process)].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`${printable(nameOf(process))}: ${parts.join('; ')}`];
  });
}

function parametersOf({ options: { parameters = {} } }: Process): string {
  const text = (value: JsonValue): string => printable(plainText(value), MAX_TEXT);
  return listed(
    Object.entries(parameters as object).map(([name, value]) => `${printable(name)} ${text(value as JsonValue)}`),
  );
}

function metricsOf(process: Process): string {
  const metrics = latestMetrics(process);
  const places = new Set(metrics.map(({ at }) => at));
  const one = places.size === 1 ? ` (at ${formatValue([...places][0]!)})` : '';
  const figures = metrics.map(({ name, at, value }) => {
    const figure = `${printable(name)} ${value === null ? 'not finite' : formatValue(value)}`;
    return places.size === 1 ? figure : `${figure} (at ${formatValue(at)})`;
  });
  return figures.length === 0 ? '' : `${listed(figures)}${one}`;
}

function listed(facts: readonly string[]): string {
  const more = facts.length > MAX_FACTS ? [`and ${facts.length - MAX_FACTS} more`] : [];
  return [...facts.slice(0, MAX_FACTS), ...more].join(', ');
}
