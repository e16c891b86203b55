import {
  type Cell,
  currentProcesses,
  type JsonValue,
  mainSource,
  neededCells,
  type Process,
  type ProvenanceDocument,
  type SessionInfo,
} from 'stemma-document';
import { CannotReproduce } from './cannot-reproduce';

/** What is to be run once more. */
export type RecordedProgram =
  | { kind: 'notebook'; cells: (Pick<Cell, 'id' | 'executionCount' | 'source'> & { mayFail: boolean })[] }
  | { kind: 'module'; path: string; source: string; settings: string[] };

/**
 * The program of a record.
 *
 * @throws CannotReproduce, or an ExportError, with what the record lacks.
 */
export function programOf(document: ProvenanceDocument): RecordedProgram {
  const { session, contributions, cells } = document;
  if (contributions !== undefined)
    throw new CannotReproduce('it is the record of several sessions: reproduce each before they are merged');
  if (document.processes.length === 0) throw new CannotReproduce('nothing is recorded in it');
  if (cells.length > 0) return { kind: 'notebook', cells: cellsToRun(document) };
  if (session.command?.[0] !== 'stemma')
    throw new CannotReproduce(
      'it is neither of a notebook nor of a module that `stemma run` ran: a script decides by itself when to save its record',
    );
  const source = mainSource(document);
  const { path } = session.files!.find(({ main }) => main === true)!;
  return { kind: 'module', path, source, settings: settingsOf(session) };
}

function cellsToRun(document: ProvenanceDocument): Extract<RecordedProgram, { kind: 'notebook' }>['cells'] {
  const needed = neededCells(document);
  const { cells: dropped } = document.dropped;
  if (needed.length === 0) throw new CannotReproduce('none of its cells has a step: there is nothing to run');
  if (needed.every(({ refers, declares }) => refers === undefined && declares === undefined))
    throw new CannotReproduce(
      'it does not say what its cells refer to: record it with the kernel "TypeScript (Stemma)"',
    );
  if (dropped > 0) throw new CannotReproduce(`the limits of the recorder have dropped ${dropped} of its cells`);
  const failing = new Set(
    document.runs.filter(({ state }) => state === 'failed').map(({ cell }) => `${cell?.id}/${cell?.executionCount}`),
  );
  return needed.map(({ id, executionCount, source }) => ({
    id,
    executionCount,
    source,
    mayFail: failing.has(`${id}/${executionCount}`),
  }));
}

/** The options of `stemma run`. */
function settingsOf({ parameters = {}, shard, seed }: SessionInfo): string[] {
  for (const [name, value] of Object.entries(parameters))
    if (hides(value))
      throw new CannotReproduce(`the value of the parameter "${name}" is hidden in it, and the run needs it`);
  return [
    ...(Object.keys(parameters).length === 0 ? [] : ['--params', JSON.stringify(parameters)]),
    ...(shard === undefined ? [] : ['--shard', `${shard.index + 1}/${shard.count}`]),
    ...(seed === undefined ? [] : ['--seed', `${seed}`]),
  ];
}

const hides = (value: JsonValue): boolean =>
  value === '…' || (typeof value === 'object' && value !== null && Object.values(value).some(hides));

/** Seeds by kind, in the order of the steps; the parts of a split share one. */
export function drawnSeeds(document: ProvenanceDocument): { [kind: string]: number[] } {
  const seeds: { [kind: string]: number[] } = {};
  let before: Process | null = null;
  for (const process of currentProcesses(document.processes)) {
    const { kind, options, inputs } = process;
    const isPart = before?.kind === kind && kind === 'split' && before.inputs[0] === inputs[0];
    if (typeof options.seed === 'number' && !isPart) (seeds[kind] ??= []).push(options.seed);
    before = process;
  }
  return seeds;
}

/** Whether a record has digests of every stream, not of the ends alone. */
export function hasAllDigests({ processes, artifacts }: ProvenanceDocument): boolean {
  const roles = new Map(processes.map(({ id, role }) => [id, role]));
  return artifacts.some(
    ({ producer, consumers, execution }) =>
      execution.digest !== undefined &&
      roles.get(producer) === 'operation' &&
      consumers.length > 0 &&
      !consumers.some((id) => roles.get(id) === 'sink'),
  );
}
