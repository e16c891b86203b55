import type { Process, Run } from '../model/document';
import { diagnosisOf, figuresOf } from '../diagnosis/diagnosis';

/**
 * The sentences of runs in a merged document, in which a process has the figures of all sessions: one for each sink,
 * from these. What single shards say contradicts each other where two steps take about as long.
 */
export function withMergedDiagnoses(runs: readonly Run[], processes: readonly Process[]): Run[] {
  const members = new Map<string, Set<string>>();
  for (const { sink, processes: of } of runs) members.set(sink, new Set([...(members.get(sink) ?? []), ...of]));
  const diagnoses = new Map<string, string | null>();
  for (const [id, own] of members) {
    const sink = processes.find((process) => process.id === id);
    const steps = processes.filter((process) => process !== sink && own.has(process.id));
    diagnoses.set(id, sink === undefined ? null : diagnosisOf(figuresOf(sink), steps.map(figuresOf)));
  }
  return runs.map((run) => ({ ...run, diagnosis: diagnoses.get(run.sink) ?? null }));
}
