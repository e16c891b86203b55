import { kindOf } from '../kinds/kinds';
import type { Artifact, Process, Run } from '../model/document';

/** The graph and the runs of a record, by id. */
export interface RecordMaps {
  processes: ReadonlyMap<string, Process>;
  artifacts: ReadonlyMap<string, Artifact>;
  runs: ReadonlyMap<string, Run>;
}

/**
 * The runs that figures may be of, the one to show at the front: first those that go on, then the newest. In a part of
 * a graph, such as the output of a cell, only the runs that reach one of its ends: others only share something
 * upstream.
 */
export function shownRuns({ processes, artifacts, runs }: RecordMaps): Run[] {
  const isEnd = (id: string): boolean =>
    processes
      .get(id)
      ?.outputs.every((output) => !artifacts.get(output)?.consumers.some((consumer) => processes.has(consumer))) ??
    false;
  const found = [...runs.values()].filter((run) => processes.has(run.sink) || run.processes.some(isEnd)).reverse();
  const isRunning = ({ state }: Run): boolean => state === 'running';
  return [...found.filter(isRunning), ...found.filter((run) => !isRunning(run))];
}

/**
 * For each process the first of these runs that goes through it: also where it has not reached it yet, so that a new
 * run starts at zero. With a full cache, a run does not reach the steps upstream of it.
 */
export function runByProcess(runs: readonly Run[], { processes, artifacts }: RecordMaps): Map<string, Run> {
  const found = new Map<string, Run>();
  for (const run of runs) {
    const members = new Set(run.processes);
    const open = [run.sink, ...run.processes];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const process = processes.get(id);
      if (process === undefined || found.has(id)) continue;
      found.set(id, run);
      for (const input of process.inputs) {
        const producer = artifacts.get(input)?.producer;
        if (producer !== undefined && (kindOf(process.kind)?.stores !== true || members.has(producer)))
          open.push(producer);
      }
    }
  }
  return found;
}
