import { schemaFields } from '../schema/schema-fields';
import { latestMetrics } from '../runs/latest-metrics';
import { formatCount, formatValue } from '../wording/number';
import { formatLength } from '../wording/length';
import { isKnownState } from '../model/known-state';
import { visibleText } from '../wording/visible-text';
import type { Artifact, Process, State } from '../model/document';
import type { CellRef } from '../model/session';
import { displayLabel } from './display-label';
import type { DrawnNode } from './group';
import type { GraphSource } from './visible';

/** What a node is described from. */
export interface DescribedSource extends GraphSource {
  /** Whether nothing of it runs any more. */
  readonly isOver?: boolean;
  /** What a cell is about: the heading above it; undefined where none is known. */
  cellTitle?(cell: CellRef): string | undefined;
}

/** What is written on a node, and how it looks. Changes with each patch, unlike the node itself. */
export interface NodeFace {
  label: string;
  /** The second voice: a count for an artifact. */
  detail: string;
  state: State;
  kind: string;
  /** How many nodes of the document it stands for. */
  count: number;
  superseded: boolean;
}

/** The face of a drawn node, or null when its members are gone. */
export function describeNode(node: DrawnNode, source: DescribedSource): NodeFace | null {
  return node.type === 'process' ? processFace(node, source) : artifactFace(node, source);
}

function processFace(node: DrawnNode, source: DescribedSource): NodeFace | null {
  const processes = node.members.flatMap((id) => source.processes.get(id) ?? []);
  const first = processes[0];
  if (!first) {
    return null;
  }
  return {
    label: node.group === 'cell' ? cellLabel(processes, source) : seriesLabel(processes.map(displayLabel)),
    detail: '',
    state: mergedState(processes, source),
    kind: first.kind,
    count: processes.length,
    superseded: first.superseded,
  };
}

function artifactFace(node: DrawnNode, source: DescribedSource): NodeFace | null {
  const artifacts = node.members.flatMap((id) => source.artifacts.get(id) ?? []);
  const first = artifacts[0];
  if (!first) {
    return null;
  }
  const producers = artifacts.flatMap((artifact) => source.processes.get(artifact.producer) ?? []);
  return {
    label: seriesLabel(artifacts.map((artifact) => labelOfStream(artifact, source))),
    detail: metricsText(producers) || artifactDetail(artifacts),
    state: mergedState(producers, source),
    kind: first.kind,
    count: artifacts.length,
    superseded: first.superseded,
  };
}

/** Of a step: its latest figures. */
export function metricsText(processes: readonly Process[]): string {
  const [process, ...others] = processes;
  if (process === undefined || others.length > 0) {
    return '';
  }
  return latestMetrics(process)
    .slice(0, MAX_METRICS)
    .map(({ name, value }) => `${visibleText(name)} ${value === null ? 'not finite' : formatValue(value)}`)
    .join('  ');
}

/** More have no room beside a node. */
const MAX_METRICS = 3;

function labelOfStream({ label, producer }: Artifact, { processes }: GraphSource): string {
  return processes.get(producer)?.position?.variable ?? label;
}

/** The items so far, or the length that is known before a run, and their schema. */
function artifactDetail(artifacts: readonly Artifact[]): string {
  const first = artifacts[0];
  if (!first) {
    return '';
  }
  const items = artifacts.reduce((sum, artifact) => sum + artifact.execution.currentItems, 0);
  const schema = visibleText(shortSchema(first.execution.schemaText));
  if (first.kind === 'value') {
    return schema === '' ? 'value' : schema;
  }
  const known = artifacts.length === 1 ? formatLength(first.length) : '';
  const count = items > 0 ? formatCount(items) : known === '?' || known === '' ? '' : known;
  return [count, schema].filter((part) => part !== '').join('  ');
}

/** The notation of the talk, shortened to fit beside a node. */
export function shortSchema(text: string | null): string {
  if (text === null) {
    return '';
  }
  const fields = schemaFields(text);
  if (fields === null) {
    return shortened(text.replace(/'/g, ''));
  }
  const names = `{${fields.map(({ name }) => name).join(', ')}}`;
  return names.length > MAX_SCHEMA ? `${fields.length} fields` : names;
}

/** Half a name tells less than the number of fields. */
const MAX_SCHEMA = 26;

/** Without what is within records and lists, where there is no room for it. */
function shortened(schema: string): string {
  const list = schema.length > MAX_SCHEMA ? /^list\(([\d.]+)/.exec(schema)?.[1] : undefined;
  if (list !== undefined) {
    return list === '2' ? 'pair' : `list of ${list}`;
  }
  const inner = schema.indexOf('{');
  return schema.length > MAX_SCHEMA && inner > 0 ? `${schema.slice(0, inner)}…` : schema;
}

/**
 * One label for several: what they agree on, with the range of the number or the word in which they differ: `Load class
 * 0…9`, `Load class daisy…violet`.
 */
export function seriesLabel(labels: readonly string[]): string {
  const first = labels[0] ?? '';
  if (labels.every((label) => label === first)) {
    return first;
  }
  const parts = labels.map((label) => /^(.*?)(\d+)(\D*)$/s.exec(label));
  const head = parts[0];
  if (head && parts.every((part) => part && part[1] === head[1] && part[3] === head[3])) {
    const numbers = parts.map((part) => Number(part?.[2]));
    return `${head[1]}${Math.min(...numbers)}…${Math.max(...numbers)}${head[3]}`;
  }
  return seriesOfWords(labels) ?? `${first} …`;
}

/** Labels that differ in one word: with the first and the last of these. */
function seriesOfWords(labels: readonly string[]): string | undefined {
  const words = labels.map((label) => label.split(' '));
  const [first, last] = [words[0] ?? [], words.at(-1) ?? []];
  const at = first.findIndex((word, i) => word !== last[i]);
  const agrees = (other: readonly string[]): boolean =>
    other.length === first.length && other.every((word, i) => i === at || word === first[i]);
  return at >= 0 && words.every(agrees)
    ? first.map((word, i) => (i === at ? `${word}…${last[at]}` : word)).join(' ')
    : undefined;
}

/** A kernel that is gone runs nothing any more, whatever its last message said. */
function mergedState(processes: readonly Process[], source: DescribedSource): State {
  const state = mergeStates(processes.map((process) => process.execution.state));
  return state === 'running' && source.isOver === true ? 'aborted' : state;
}

const URGENT: readonly State[] = ['failed', 'running', 'aborted', 'stopped'];

/** The state of several: what most needs attention. All must be complete for the whole to be. */
export function mergeStates(states: readonly State[]): State {
  return (
    URGENT.find((state) => states.includes(state)) ??
    states.find((state) => !isKnownState(state)) ??
    (states.length > 0 && states.every((state) => state === 'complete') ? 'complete' : 'new')
  );
}

/** A cell by its number and the heading above it, else the last of its steps. */
function cellLabel(processes: readonly Process[], source: DescribedSource): string {
  const last = processes[processes.length - 1];
  const title = last?.cell && source.cellTitle?.(last.cell);
  return last ? `[${last.cell?.executionCount ?? '*'}] ${title ?? `… ${displayLabel(last)}`}` : '';
}

/**
 * Where items come into a drawn node and where they leave it: of steps one after the other only the first and the last.
 */
export function endsOf(node: DrawnNode, source: DescribedSource): { first: Process[]; last: Process[] } {
  const processes = processesOf(node, source);
  if (node.group === undefined || node.group === 'siblings') {
    return { first: processes, last: processes };
  }
  const inside = new Set(node.members);
  return {
    first: processes.filter((process) => !process.inputs.some((id) => inside.has(id))),
    last: processes.filter((process) => !process.outputs.some((id) => inside.has(id))),
  };
}

/** The processes behind a drawn node. */
export function processesOf(node: DrawnNode, source: DescribedSource): Process[] {
  return node.members.flatMap((id) => source.processes.get(id) ?? []);
}
