/**
 * Finds and ends the processes of a run, also those that have left its process group or were given to another parent,
 * as Jupyter's kernels and Chromium do: all of them inherit a mark in their environment.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The environment variable with the mark. */
export const MARK = 'STEMMA_RUN';

/**
 * The mark of a run within the run that this process belongs to, if any: ending the outer one ends the inner one too.
 * @param {string} name
 */
export function markOf(name) {
  const outer = process.env[MARK];
  return outer ? `${outer}/${name}` : name;
}

/** @typedef {{ pid: number, parent: number, name: string, mark: string | null }} Process */

/**
 * Ends every process with this mark, and what these have started. Returns the names of the processes that were ended.
 * @param {string} mark
 * @returns {Promise<string[]>}
 */
export async function endMarked(mark) {
  /** @type {Map<number, string>} */
  const ended = new Map();
  // Again and again: a process may start another one just before it is ended.
  for (let found = marked(mark); found.length > 0; found = marked(mark)) {
    for (const { pid, name } of found) {
      ended.set(pid, name);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
    await sleep(20);
  }
  return [...ended.values()];
}

/**
 * The living processes with this mark, and their descendants, but not this process.
 * @param {string} mark
 * @returns {Process[]}
 */
export function marked(mark) {
  const all = process.platform === 'linux' ? linuxProcesses() : otherProcesses();
  const isOfRun = (/** @type {Process} */ one) => one.mark === mark || one.mark?.startsWith(`${mark}/`);
  const found = new Set(all.filter(isOfRun).map(({ pid }) => pid));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return all.filter(({ pid }) => found.has(pid));
}

/** @returns {Process[]} */
function linuxProcesses() {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [, name, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(stat) ?? [];
      // A zombie has ended; it waits for its parent only.
      if (state === 'Z' || state === 'X') return [];
      return [{ pid: Number(entry), parent: Number(parent), name, mark: markIn(entry) }];
    } catch {
      return [];
    }
  });
}

/** @param {string} entry of /proc */
function markIn(entry) {
  try {
    const variables = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
    return variables.find((text) => text.startsWith(`${MARK}=`))?.slice(MARK.length + 1) ?? null;
  } catch {
    // Another user's.
    return null;
  }
}

/**
 * Where there is no /proc (macOS): `ps` shows the environment behind the command. Windows has neither, there nothing is
 * found.
 * @returns {Process[]}
 */
function otherProcesses() {
  if (process.platform === 'win32') return [];
  const lines = execFileSync('ps', ['-axEww', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined || state.startsWith('Z')) return [];
    const mark = new RegExp(`\\s${MARK}=(\\S+)`).exec(command)?.[1] ?? null;
    return [{ pid: Number(pid), parent: Number(parent), name: command.split(' ')[0], mark }];
  });
}
