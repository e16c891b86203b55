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
 * in the working folder. Null where there is no git or no repository.
 */
export function gitState(program: string | null): GitState | null {
  const key = program ?? process.cwd();
  const before = known.get(key);
  const startedMs = now();
  if (before !== undefined && startedMs < before.untilMs) return before.state;
  const read = readGitState(program, before?.state ?? null);
  const untilMs = now() + (now() - startedMs) / SHARE;
  const remote = read === null ? null : remoteIn(folderOf(program));
  const state = read === null || remote === null ? read : { ...read, remote };
  known.set(key, { state, untilMs });
  return state;
}

/** By the folder: a session asks once. */
const remotes = new Map<string, string | null>();

/** `known`: what holds on where git is too slow to answer. */
function readGitState(program: string | null, known: GitState | null): GitState | null {
  const git = gitIn(folderOf(program));
  try {
    const [commit = '', prefix = ''] = git('rev-parse', 'HEAD', '--show-prefix').split('\n');
    const isUntracked = program !== null && existsSync(program) && git('ls-files', '--', program) === '';
    const dirty = isUntracked || git('status', '--porcelain', '--untracked-files=no') !== '';
    return { commit, dirty, ...(program === null ? {} : { path: prefix + path.basename(program) }) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ETIMEDOUT' ? known : null;
  }
}

const folderOf = (program: string | null): string => (program === null ? process.cwd() : path.dirname(program));

const gitIn =
  (cwd: string) =>
  (...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', timeout: 2000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();

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
