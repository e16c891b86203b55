import type { SessionEnd, SessionInfo, SourceFile } from 'stemma-document';
import type { Host } from '../host';
import { toIso } from '../util/clock';
import { commandLine } from './environment/command-line';
import { projectPath } from './environment/project';
import { withoutHome } from './privacy/privacy';
import { shownParameters } from './privacy/redact';
import type { RecorderSettings } from './settings/settings';

/** What a session works on. */
export interface Assignment extends Pick<SessionInfo, 'shard' | 'parameters' | 'seed'> {
  /** Path of the module with the pipeline. */
  program?: string;
}

/** How a session ends. */
export type Ending = Omit<SessionEnd, 'endedAt'>;

interface DescribedSession {
  readonly id: string;
  readonly startedMs: number;
  readonly assignment: Assignment;
  readonly settings: RecorderSettings;
  readonly host: Host | undefined;
}

/** What the document says of a session. `program`: the file that the user's code is in. */
export function infoOf(
  { id, startedMs, assignment, settings, host }: DescribedSession,
  { program, files, end }: { program: string | null; files: SourceFile[]; end: SessionEnd | null },
): SessionInfo {
  const { shard, parameters, seed } = assignment;
  const { redact } = settings;
  return {
    id,
    startedAt: toIso(startedMs),
    notebook: program === null ? null : projectPath(program),
    ...(shard === undefined ? {} : { shard }),
    ...(parameters === undefined ? {} : { parameters: withoutHome(shownParameters(parameters, redact)) }),
    ...(seed === undefined ? {} : { seed }),
    ...(program === null || host !== undefined ? {} : { command: withoutHome(commandLine(process.argv, redact)) }),
    ...(files.length === 0 ? {} : { files: withoutHome(files) }),
    ...(end === null ? {} : { end }),
  };
}
