import { nameGraph } from '../graph/name-graph';
import type { Process, ProcessRun, Run } from '../model/document';
import { partIn } from '../runs/part-in-run';
import { matchUp } from './match';

/** A process in a run. */
export interface RunSide {
  process: Process;
  /** Null where the recorder's limits have dropped what it did in this run. */
  part: ProcessRun | null;
}

/** A process in two runs; null in the one that it took no part in. */
export interface RunPair {
  before: RunSide | null;
  now: RunSide | null;
}

/** What {@link compareRuns} reads: a store is one. */
export interface RunSource {
  processes: ReadonlyMap<string, Process>;
  runs: ReadonlyMap<string, Run>;
}

/**
 * The processes of two runs of one session beside each other, matched as `diff` matches those of two documents: also
 * where the cell ran again in between and the processes are others. What only the earlier run has comes last.
 */
export function compareRuns(before: Run, now: Run, { processes }: RunSource): RunPair[] {
  const known = (run: Run): Process[] => run.processes.flatMap((id) => processes.get(id) ?? []);
  const [earlier, later] = [nameGraph(known(before), undefined), nameGraph(known(now), undefined)];
  const matches = matchUp(earlier, later);
  const taken = new Set([...matches.values()].map(({ node }) => node));
  const side = (run: Run, process: Process): RunSide => ({ process, part: partIn(run, process) });
  return [
    ...later.map((node): RunPair => {
      const found = matches.get(node)?.node;
      return { before: found ? side(before, found.process) : null, now: side(now, node.process) };
    }),
    ...earlier
      .filter((node) => !taken.has(node))
      .map(({ process }): RunPair => ({ before: side(before, process), now: null })),
  ];
}

/**
 * The newest run of the same cell and the same sink that was complete before this one began; null where there is none.
 */
export function runBefore(run: Run, source: RunSource): Run | null {
  const key = comparedBy(run, source);
  let found: Run | null = null;
  for (const other of source.runs.values()) {
    if (other === run) return found;
    if (other.state === 'complete' && comparedBy(other, source) === key) found = other;
  }
  return found;
}

/**
 * A cell keeps its identity when its code, or code upstream, is edited; where no cell is known, only the runs of one
 * sink are compared.
 */
function comparedBy({ cell, sink }: Run, { processes }: RunSource): string {
  const id = cell?.id ?? null;
  return id === null ? sink : `${id}\n${processes.get(sink)?.label ?? sink}`;
}
