import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childrenFolder } from './paths';
import { type Check, type CheckResult, isMet, type Measurement } from './check';

export async function runCheck({ name, title }: Check, runs: number, quick: boolean): Promise<CheckResult> {
  const child = join(childrenFolder, 'check-child.mjs');
  const args = ['--expose-gc', child, name, String(runs), String(quick)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const measurements = JSON.parse(stdout.trim().split('\n').at(-1)!) as Measurement[];
  return { name, title, measurements: measurements.map((one) => ({ ...one, met: isMet(one) })) };
}
