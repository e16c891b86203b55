/**
 * However a run of tests ends, nothing of it goes on: no server, no kernel, no browser, which all leave its process
 * group.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { startTestRun } from '../../../../scripts/support/running/run-of-tests.mjs';
import { runSuite } from '../../../../scripts/support/running/run-suite.mjs';
import { temporaryFolder } from '../../../support/temporary-folder';

const samples = (name: string) => inRoot('tests', 'unit', 'scripts', 'running', 'samples', name);
const folder = temporaryFolder();
let files = 0;
const newFile = () => join(folder, `pids-${files++}.json`);

/** The processes of a sample that hangs, once they all run. */
async function processes(file: string): Promise<number[]> {
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').endsWith(']'), PATIENT).toBe(true);
  return JSON.parse(readFileSync(file, 'utf8')) as number[];
}
const PATIENT = { timeout: 60_000 };

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a run of tests that is ended', () => {
  const start = (file: string) => {
    const child = spawn(process.execPath, [samples('run.mjs'), file], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = new Promise<string>((resolve) => child.once('close', () => resolve(output)));
    return { child, ended };
  };
  const left = () => readdirSync(folder).filter((name) => name.startsWith('stemma-run-'));

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves nothing, and counts what it had', async (signal) => {
    const file = newFile();
    const { child, ended } = start(file);
    const pids = await processes(file);
    expect(pids.filter(isRunning)).toEqual(pids);
    child.kill(signal);
    expect((await ended).trim().split('\n').at(-1)).toBe('2 passed, 1 failed, 0 skipped');
    expect(pids.filter(isRunning)).toEqual([]);
    expect(left()).toEqual([]);
  });

  it('by SIGKILL leaves nothing, either', async () => {
    const file = newFile();
    const { child, ended } = start(file);
    const pids = await processes(file);
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => pids.filter(isRunning), PATIENT).toEqual([]);
    await expect.poll(left, PATIENT).toEqual([]);
  });
});

describe('a suite', () => {
  const hangs = (file: string) => ({
    programs: () => [
      { name: 'hangs', command: [process.execPath, samples('hangs.mjs'), 'suite', file], reports: true },
    ],
  });
  /** Runs the sample as a suite, and does something once all of its processes run. */
  async function counted(then: (pids: number[]) => unknown, quietLimitMs?: number) {
    const run = startTestRun();
    const file = newFile();
    let output = '';
    const result = runSuite('sample', hangs(file), run, (text) => (output += text), { quietLimitMs });
    const pids = await processes(file);
    await then(pids);
    const counts = await result;
    expect(pids.filter(isRunning)).toEqual([]);
    await run.close();
    return { counts, output };
  }

  it('that is killed counts what it has run and one failure, and leaves nothing', async () => {
    const { counts, output } = await counted(([suite]) => process.kill(suite!, 'SIGKILL'));
    expect(counts).toMatchObject({ passed: 2, failed: 1, skipped: 0 });
    expect(output).toContain('hangs ended early');
  });

  it('in which nothing happens for too long is stopped', async () => {
    const { counts, output } = await counted(() => undefined, 20_000);
    expect(counts).toMatchObject({ passed: 2, failed: 1, skipped: 0 });
    expect(output).toContain('hangs was stopped, since nothing had happened');
  });

  it('that cannot be started has failed', async () => {
    const run = startTestRun();
    const suite = { programs: () => [{ name: 'none', command: [join(folder, 'none')], reports: true }] };
    expect(await runSuite('sample', suite, run, () => undefined)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    await run.close();
  });
});
