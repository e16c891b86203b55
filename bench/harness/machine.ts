import { execFileSync } from 'node:child_process';
import * as os from 'node:os';
import { root } from './paths';

/** Where and of what the figures are. */
export interface Machine {
  node: string;
  processor: string;
  cores: number;
  memoryGiB: number;
  /** Of the last minute, before the start: others at work on the machine make figures worthless. */
  load: number;
  commit: string | null;
  date: string;
}

export function describeMachine(): Machine {
  return {
    node: process.version,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    load: Number(os.loadavg()[0]!.toFixed(2)),
    commit: commit(),
    date: new Date().toISOString(),
  };
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
