import type { Process } from '../model/document';

/** All that is not superseded, and all upstream of it. */
export function currentProcesses(processes: readonly Process[]): Process[] {
  const producers = new Map(processes.flatMap((process) => process.outputs.map((id) => [id, process] as const)));
  const current = new Set(processes.filter((process) => !process.superseded));
  // A set that grows while it is iterated shows what is added, too.
  for (const { inputs, uses } of current)
    for (const id of [...inputs, ...uses]) {
      const producer = producers.get(id);
      if (producer !== undefined) current.add(producer);
    }
  return processes.filter((process) => current.has(process));
}
