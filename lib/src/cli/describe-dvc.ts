import { currentProcesses, describeDvc, dvcCommand, printable, type ProvenanceDocument } from 'stemma-document';

const MOST = 12;
const MOST_TEXT = 800;

/**
 * What DVC knows of what was read and written, a line for each of what differs in it, with the command that would mend
 * it. Nothing where no file is in one of its projects.
 */
export function dvcLines({ processes, artifacts }: ProvenanceDocument): string[] {
  const read = currentProcesses(processes).flatMap(({ execution }) => execution.files?.dvc ?? []);
  const written = artifacts.flatMap(({ execution }) => (execution.written ?? []).flatMap(({ dvc }) => dvc ?? []));
  const lines = [...read, ...written].map((facts) => {
    const command = dvcCommand(facts);
    return `dvc: ${printable(describeDvc(facts), MOST_TEXT)}${command === null ? '' : `; ${printable(command, MOST_TEXT)}`}`;
  });
  const all = [...new Set(lines)];
  return all.length > MOST ? [...all.slice(0, MOST), `dvc: and ${all.length - MOST} more`] : all;
}
