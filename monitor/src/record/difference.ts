import type { DocumentFrame, Patch, ProvenanceDocument } from 'stemma';

/** What leads from one document of a session to a later one; null where they are the same. */
export function difference(before: ProvenanceDocument, after: ProvenanceDocument): Patch | null {
  const known = [...before.processes, ...before.artifacts, ...before.runs];
  const texts = new Map(known.map((one) => [one.id, JSON.stringify(one)]));
  const isNew = (one: { id: string }): boolean => texts.get(one.id) !== JSON.stringify(one);
  const current = new Set([...after.processes, ...after.artifacts, ...after.runs].map(({ id }) => id));
  const patch: Patch = {
    processes: after.processes.filter(isNew),
    artifacts: after.artifacts.filter(isNew),
    runs: after.runs.filter(isNew),
    cells: JSON.stringify(before.cells) === JSON.stringify(after.cells) ? null : after.cells,
    removed: [...texts.keys()].filter((id) => !current.has(id)),
  };
  const frame = frameOf(after);
  if (JSON.stringify(frameOf(before)) !== JSON.stringify(frame)) patch.frame = frame;
  const { processes, artifacts, runs, cells, removed } = patch;
  const isEmpty = [processes, artifacts, runs, removed].every((part) => part.length === 0);
  return isEmpty && cells === null && patch.frame === undefined ? null : patch;
}

const frameOf = ({ session, environment, dropped }: ProvenanceDocument): DocumentFrame => ({
  session,
  environment,
  dropped,
});
