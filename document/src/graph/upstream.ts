import type { Process } from '../model/document';

/** The process that makes each artifact, by the artifact's id. */
export const producersOf = (processes: readonly Process[]): Map<string, Process> =>
  new Map(processes.flatMap((process) => process.outputs.map((id) => [id, process] as const)));

/**
 * Some of `processes` with all that they depend on, in the order of the list.
 *
 * @example
 * withUpstream(document.processes, ({ label }) => label === 'Batch data').map(({ label }) => label);
 */
export function withUpstream(processes: readonly Process[], isWanted: (process: Process) => boolean): Process[] {
  const producers = producersOf(processes);
  const found = new Set(processes.filter(isWanted));
  // A set that grows while it is iterated shows what is added, too.
  for (const { inputs, uses } of found)
    for (const id of [...inputs, ...uses]) {
      const producer = producers.get(id);
      if (producer !== undefined) found.add(producer);
    }
  return processes.filter((process) => found.has(process));
}
