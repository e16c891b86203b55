import type { ProvenanceDocument } from '../model/document';
import type { Problem } from './check-schema';

/**
 * What a schema cannot say: ids are unique, and producers and outputs agree. Inputs, uses and consumers may name what
 * the limits of the recorder have dropped.
 */
export function checkReferences({ processes, artifacts, runs }: ProvenanceDocument): Problem | null {
  return (
    checkUnique(processes, 'processes') ??
    checkUnique(artifacts, 'artifacts') ??
    checkUnique(runs, 'runs') ??
    checkProducers(processes, artifacts)
  );
}

function checkUnique(entries: { id: string }[], list: string): Problem | null {
  const places = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    const before = places.get(id);
    if (before !== undefined)
      return { path: `${list}[${index}].id`, message: `"${id}" is the id of ${list}[${before}] already` };
    places.set(id, index);
  }
  return null;
}

function checkProducers(
  processes: ProvenanceDocument['processes'],
  artifacts: ProvenanceDocument['artifacts'],
): Problem | null {
  const producers = new Map(artifacts.map(({ id, producer }) => [id, producer]));
  const listed = new Set<string>();
  for (const [p, { id, outputs }] of processes.entries()) {
    for (const [o, output] of outputs.entries()) {
      const path = `processes[${p}].outputs[${o}]`;
      if (listed.has(output)) return { path, message: `"${output}" is listed before` };
      listed.add(output);
      const producer = producers.get(output);
      if (producer === undefined) return { path, message: `there is no artifact "${output}"` };
      if (producer !== id) return { path, message: `"${output}" says that "${producer}" produced it` };
    }
  }
  const at = artifacts.findIndex(({ id }) => !listed.has(id));
  if (at < 0) return null;
  const { id, producer } = artifacts[at]!;
  return { path: `artifacts[${at}].producer`, message: `"${producer}" does not list "${id}" among its outputs` };
}
