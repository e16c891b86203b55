import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type { GitState } from 'stemma-document';
import { now } from './clock';

/** What git costs a program that asks again and again, as one who watches it does: this share of the time at most. */
const SHARE = 0.02;

const known = new Map<string, { state: GitState | null; untilMs: number }>();

/**
 * The commit that a program is of, and whether what runs may be something else. `program`: its file; null: whatever is in the working folder. Null where there
 * is no git or no repository.
 */
export function gitState(program: string | null): GitState | null {
  const key = program ?? process.cwd();
  const before = known.get(key);
  const startedMs = now();
  if (before !== undefined && startedMs < before.untilMs) return before.state;
  const state = readGitState(program);
  known.set(key, { state, untilMs: now() + (now() - startedMs) / SHARE });
  return state;
}

function readGitState(program: string | null): GitState | null {
  const cwd = program === null ? process.cwd() : path.dirname(program);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', timeout: 2000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    const isUntracked = program !== null && existsSync(program) && git('ls-files', '--', program) === '';
    return { commit, dirty: isUntracked || git('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return null;
  }
}
