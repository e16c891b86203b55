import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type { GitState } from 'stemma-document';
import { now } from '../../util/clock';
import { publicRemote } from '../privacy/remote-url';

/** What git costs a program that asks again and again, as one who watches it does: this share of the time at most. */
const SHARE = 0.02;

const known = new Map<string, { state: GitState | null; untilMs: number }>();

/**
 * The commit that a program is of, and whether what runs may be something else. `program`: its file; null: whatever is
 * in the working folder. `own`: absolute paths of what the run itself writes, changes of which do not count. Null where
 * there is no git or no repository.
 */
export function gitState(program: string | null, own: readonly string[] = []): GitState | null {
  const key = [program ?? process.cwd(), ...own].join('\0');
  const before = known.get(key);
  const startedMs = now();
  if (before !== undefined && startedMs < before.untilMs) return before.state;
  const read = readGitState(program, own, before?.state ?? null);
  const untilMs = now() + (now() - startedMs) / SHARE;
  const remote = read === null ? null : remoteIn(folderOf(program));
  const state = read === null || remote === null ? read : { ...read, remote };
  known.set(key, { state, untilMs });
  return state;
}

/** By the folder: a session asks once. */
const remotes = new Map<string, string | null>();

/** `known`: what holds on where git is too slow to answer. */
function readGitState(program: string | null, own: readonly string[], known: GitState | null): GitState | null {
  const folder = folderOf(program);
  const git = gitIn(folder);
  try {
    const [commit = '', prefix = '', up = ''] = git('rev-parse', 'HEAD', '--show-prefix', '--show-cdup').split('\n');
    const isUntracked = program !== null && existsSync(program) && git('ls-files', '--', program) === '';
    const dirty = isUntracked || changedIn(path.resolve(folder, up), git).some((file) => !isOwn(file, own));
    return { commit, dirty, ...(program === null ? {} : { path: prefix + path.basename(program) }) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ETIMEDOUT' ? known : null;
  }
}

/** The tracked files of a repository that differ from the commit; absolute paths. */
function changedIn(root: string, git: (...args: string[]) => string): string[] {
  const entries = git('status', '--porcelain', '-z', '--untracked-files=no', '--no-renames').split('\0');
  // Two letters and a space stand before each path.
  return entries.filter((entry) => entry !== '').map((entry) => path.resolve(root, entry.slice(3)));
}

/** What the run writes; while DVC runs it as a stage, the lock too, which DVC writes between stages. */
function isOwn(file: string, own: readonly string[]): boolean {
  const isWritten = own.some((one) => file === one || file.startsWith(`${one}${path.sep}`));
  return isWritten || (process.env.DVC_STAGE !== undefined && path.basename(file) === 'dvc.lock');
}

const folderOf = (program: string | null): string => (program === null ? process.cwd() : path.dirname(program));

const gitIn =
  (cwd: string) =>
  (...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', timeout: 2000, stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd();

function remoteIn(folder: string): string | null {
  const known = remotes.get(folder);
  if (known !== undefined) return known;
  const remote = readRemote(gitIn(folder));
  remotes.set(folder, remote);
  return remote;
}

/** The address of the remote that the branch is pushed to, else of `origin`, else of any; null without one. */
function readRemote(git: (...args: string[]) => string): string | null {
  try {
    const branch = git('rev-parse', '--abbrev-ref', 'HEAD');
    const entries = git('config', '-z', '--get-regexp', '^(remote\\..*\\.url|branch\\..*\\.remote)$').split('\0');
    const values = new Map(entries.map((entry) => entry.split('\n', 2) as [string, string]));
    const urls = [...values].filter(([name]) => name.endsWith('.url'));
    const names = [values.get(`branch.${branch}.remote`), 'origin'].map((name) => `remote.${name}.url`);
    const address = names.map((name) => values.get(name)).find((url) => url !== undefined) ?? urls[0]?.[1];
    return address === undefined ? null : publicRemote(address);
  } catch {
    return null;
  }
}
