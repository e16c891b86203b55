import * as path from 'node:path';
import { currentProcesses, type ProvenanceDocument } from 'stemma-document';
import { OutputFile } from '../sinks/files/output-file';
import type { Metrics } from './pipeline-module';

/** Where the series lie that a file of metrics has the last values of, as DVCLive has it. */
export const seriesFolder = (file: string): string => path.join(path.dirname(file), 'plots', 'metrics');

/** Numbers, lists of numbers, and objects of these. The name of a list is part of a path. */
export function isMetrics(value: unknown): value is Metrics {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.entries(value).every(([name, one]: [string, unknown]) => {
    if (typeof one === 'number') return true;
    return /^[^/\\]+$/.test(name) && !/^\.+$/.test(name) && (isSeries(one) || isMetrics(one));
  });
}

const isSeries = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

/**
 * Writes what a pipeline returned, and how many items each step emitted, as JSON that is the same in each run of the
 * same; each list as a table beside it, in the layout of DVCLive. What is not finite is null: JSON has no word for it.
 */
export async function writeMetrics(file: string, metrics: Metrics, document: ProvenanceDocument): Promise<void> {
  const content = { ...(lastOf(metrics) as object), stemma: countsOf(document) };
  await write(file, `${JSON.stringify(content, null, 2)}\n`);
  for (const { place, values } of seriesOf(metrics)) {
    const rows = values.map((value, step) => `${step}\t${value}\n`);
    const target = path.join(seriesFolder(file), ...place.slice(0, -1), `${place.at(-1)}.tsv`);
    await write(target, `step\t${place.at(-1)}\n${rows.join('')}`);
  }
}

async function write(file: string, text: string): Promise<void> {
  const output = await OutputFile.begin(file);
  try {
    await output.write(text);
    await output.complete();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Of a series its last value. */
export function lastOf(metrics: Metrics | number | readonly number[]): unknown {
  if (typeof metrics === 'number') return metrics;
  if (isSeries(metrics)) return metrics.at(-1) ?? null;
  return Object.fromEntries(Object.entries(metrics).map(([name, one]) => [name, lastOf(one)]));
}

function seriesOf(metrics: Metrics, before: string[] = []): { place: string[]; values: readonly number[] }[] {
  return Object.entries(metrics).flatMap(([name, one]) => {
    const place = [...before, name];
    if (typeof one === 'number') return [];
    return isSeries(one) ? [{ place, values: one }] : seriesOf(one as Metrics, place);
  });
}

/** By the label of the step, of the latest run of each; steps of one label together. */
function countsOf({ processes }: ProvenanceDocument): { [what: string]: { [label: string]: number } } {
  const items = new Map<string, number>();
  const skipped = new Map<string, number>();
  const add = (counts: Map<string, number>, label: string, count: number): unknown =>
    counts.set(label, (counts.get(label) ?? 0) + count);
  for (const { label, role, execution } of currentProcesses(processes)) {
    const { itemsIn, itemsOut, ...rest } = execution.latestRun ?? execution;
    add(items, label, role === 'sink' ? itemsIn : itemsOut);
    if (rest.skipped > 0) add(skipped, label, rest.skipped);
  }
  return { items: sorted(items), ...(skipped.size === 0 ? {} : { skipped: sorted(skipped) }) };
}

const sorted = (counts: Map<string, number>): { [label: string]: number } =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
