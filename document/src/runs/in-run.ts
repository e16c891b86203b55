import type { Artifact, Process, ProcessRun, Run } from '../model/document';
import { partIn } from './part-in-run';
import { timesInRun } from './times-in-run';

const NO_PART: ProcessRun = {
  state: 'new',
  itemsIn: 0,
  itemsOut: 0,
  skipped: 0,
  failed: 0,
  selfMs: null,
  waitMs: null,
  firstItemMs: null,
  failure: null,
};

/**
 * A process with the figures of one run in place of its totals. Quantiles of times, and which items were skipped, are
 * known over all runs only. It stays as it is where nothing is known of the run alone.
 */
export function processInRun(process: Process, run: Run): Process {
  const part = knownPart(process, run);
  if (part === null || isOnly(process, part)) return process;
  const { selfMs, awaitMs, ...figures } = part;
  const { selfTime, awaitTime } = process.execution;
  return {
    ...process,
    execution: {
      ...process.execution,
      ...figures,
      selfTime: timesInRun(selfTime, selfMs, part),
      ...(awaitTime === undefined ? {} : { awaitTime: timesInRun(awaitTime, awaitMs ?? null, part) }),
      skippedItems: part.skipped === 0 ? [] : process.execution.skippedItems,
    },
  };
}

/** A stream with the items of one run. */
export function artifactInRun(artifact: Artifact, producer: Process | undefined, run: Run): Artifact {
  const part = producer === undefined || producer.outputs.length !== 1 ? null : knownPart(producer, run);
  return part === null || part.itemsOut === artifact.execution.currentItems
    ? artifact
    : withItems(artifact, part.itemsOut);
}

/** A stream with the items of all runs. */
export function artifactInAll(artifact: Artifact): Artifact {
  const { items, currentItems } = artifact.execution;
  return items === currentItems ? artifact : withItems(artifact, items);
}

function withItems(artifact: Artifact, currentItems: number): Artifact {
  return { ...artifact, execution: { ...artifact.execution, currentItems } };
}

/** Null where documents of before, or the recorder's limits, leave it open. */
function knownPart(process: Process, run: Run): ProcessRun | null {
  return partIn(run, process) ?? (run.perProcess === undefined ? null : NO_PART);
}

function isOnly({ execution }: Process, part: ProcessRun): boolean {
  return execution.runs <= 1 && part !== NO_PART;
}
