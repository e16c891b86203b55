import type { DvcFacts } from '../model/document';
import { formatCount } from './number';

/**
 * What DVC knows of a file, as one clause for people, without the command.
 *
 * @example
 * describeDvc({ path: 'data/digits', within: '', state: 'untracked' }); // 'data/digits is not tracked by DVC'
 */
export function describeDvc(facts: DvcFacts): string {
  const { file, path, within, state, stage, reason } = facts;
  const what = within === '' ? path : `${path}/${within}`;
  const noted = stage === undefined ? (file ?? 'DVC') : `stage "${stage}" in ${file ?? 'dvc.lock'}`;
  const because = reason === undefined ? '' : `: ${reason}`;
  switch (state) {
    case 'same':
      return `${what} is as ${noted} has it`;
    case 'changed':
      return `${what} differs from ${noted}${namesOf(facts)}`;
    case 'untracked':
      return `${what} is not tracked by DVC${because}`;
    default:
      return `whether ${what} is as ${noted} has it is unknown${because}`;
  }
}

/** ` (3/a.png modified, 3/b.png removed and 12 more)`, as far as the files are known. */
function namesOf({ changed = [], changes = changed.length }: DvcFacts): string {
  if (changed.length === 0) return '';
  const names = changed.map(({ path, how }) => `${path} ${how}`).join(', ');
  return ` (${names}${changes > changed.length ? ` and ${formatCount(changes - changed.length)} more` : ''})`;
}

/**
 * The command, for a shell in the project's folder, that has DVC and the files agree: it adds them, runs their stage
 * once more, or brings back what was imported. Null where there is nothing to do, or where it is not known what.
 *
 * @example
 * dvcCommand({ path: 'data/digits', within: '', state: 'untracked' }); // 'dvc add data/digits'
 */
export function dvcCommand({ file, path, md5, state, stage, import: origin, reason }: DvcFacts): string | null {
  if (state === 'untracked') return reason === undefined ? `dvc add ${quoted(path)}` : null;
  const isPlanned = state === 'unknown' && stage !== undefined && md5 === undefined;
  if (state !== 'changed' && !isPlanned) return null;
  if (stage !== undefined) return `dvc repro ${quoted(addressOf(stage, file))}`;
  return origin === undefined || file === undefined ? `dvc add ${quoted(path)}` : `dvc checkout ${quoted(file)}`;
}

/** Of a stage, from the project's folder: one of a `dvc.yaml` further in has that before its name. */
function addressOf(stage: string, file = 'dvc.yaml'): string {
  const yaml = file.replace(/dvc\.lock$/, 'dvc.yaml');
  return yaml === 'dvc.yaml' ? stage : `${yaml}:${stage}`;
}

/** For a POSIX shell, where it needs to be. What begins with a dash is no option. */
function quoted(text: string): string {
  const word = text.startsWith('-') ? `./${text}` : text;
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
