import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot, inVenv } from '../../../../scripts/support/paths.mjs';
import { EVENTS, readEvents, summaryLine } from '../../../../scripts/support/running/events.mjs';
import { startTestRun } from '../../../../scripts/support/running/run-of-tests.mjs';
import { runSuite } from '../../../../scripts/support/running/run-suite.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const samples = (name: string) => inRoot('tests', 'unit', 'scripts', 'running', 'samples', name);
let runs = 0;

/** Runs a runner of tests on samples; its events. */
async function eventsOf(program: string[], env: NodeJS.ProcessEnv = {}): Promise<ReturnType<typeof readEvents>> {
  const file = join(folder, `${runs++}.jsonl`);
  await command(program, { env: { ...process.env, ...env, [EVENTS]: file } });
  return readEvents(file);
}
const vitest = (sample: string, ...options: string[]) =>
  eventsOf([
    ...[process.execPath, inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run'],
    ...['--config', samples('vitest.config.ts'), sample, ...options],
  ]);
const pytest = (sample: string, ...options: string[]) =>
  eventsOf(
    [inVenv('python'), '-m', 'pytest', '-p', 'stemma_events', '-p', 'no:cacheprovider', samples(sample), ...options],
    {
      PYTHONPATH: inRoot('scripts', 'python', 'plugins'),
      PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    },
  );

describe('the tests that vitest has run', () => {
  it('are counted one by one, a group or a file that cannot start as one that failed', async () => {
    expect(await vitest('mixed')).toMatchObject({ counts: { passed: 2, failed: 2, skipped: 2 }, hasEnded: true });
    expect(await vitest('broken')).toMatchObject({ counts: { passed: 0, failed: 1, skipped: 0 }, hasEnded: true });
  });

  it('are those up to then where it was killed', async () => {
    expect(await vitest('killed')).toMatchObject({ counts: { passed: 1, failed: 0, skipped: 0 }, hasEnded: false });
  });
});

describe('the tests that pytest has run', () => {
  it('are counted one by one, whichever of their phases failed', async () => {
    expect(await pytest('sample_mixed.py')).toMatchObject({
      counts: { passed: 1, failed: 3, skipped: 1 },
      hasEnded: true,
    });
  });

  it('are those up to then where it was killed', async () => {
    expect(await pytest('sample_killed.py')).toMatchObject({
      counts: { passed: 1, failed: 0, skipped: 0 },
      hasEnded: false,
    });
  });

  it('are all of them where a worker died, whose test has failed', async () => {
    const { counts, hasEnded } = await pytest('sample_killed.py', '-p', 'xdist', '-n', '1');
    expect({ counts, hasEnded }).toMatchObject({ counts: { passed: 1, failed: 1, skipped: 0 }, hasEnded: true });
  });
});

describe('what failed', () => {
  it('is named, with why', async () => {
    const [hook, test] = (await vitest('mixed')).counts.failures.sort();
    expect(hook).toMatch(/mixed\.sample\.ts > a group whose hook fails\n.*the hook has failed\n.*mixed\.sample\.ts:9/s);
    expect(test).toMatch(/mixed\.sample\.ts > fails\nexpected 1 to be 2.*\n.*mixed\.sample\.ts:6/s);
    const failures = (await pytest('sample_mixed.py')).counts.failures.join('\n');
    for (const why of ['test_fails', 'assert False', 'the fixture has failed', 'the fixture has failed afterwards'])
      expect(failures).toContain(why);
  });

  it('once, and passed when it was run again, is flaky', async () => {
    const { counts } = await vitest('flaky', '--retry=1');
    expect(counts).toMatchObject({ passed: 1, failed: 0, flaky: [expect.stringContaining('the first time')] });
    const rerun = ['-p', 'pytest_rerunfailures', '--reruns', '1'];
    const python = (await pytest('sample_flaky.py', ...rerun)).counts;
    expect(python).toMatchObject({ passed: 1, failed: 0, flaky: [expect.stringContaining('the first time')] });
  });

  it('is the end of what a program printed that reports no tests', async () => {
    const program = {
      name: 'breaks',
      command: [process.execPath, '-e', 'for (let i = 0; i < 40; i++) console.log(`line ${i}`); process.exit(3);'],
    };
    const run = startTestRun();
    const { failures, failed } = await runSuite('any', { programs: () => [program] }, run, () => undefined);
    await run.close();
    expect(failed).toBe(1);
    expect(failures).toEqual([['breaks', ...Array.from({ length: 20 }, (_, i) => `line ${i + 20}`)].join('\n')]);
  });
});

describe('the counts', () => {
  it('leave out a line that is only half there', () => {
    const file = join(folder, 'half.jsonl');
    writeFileSync(file, '{"test":"a","state":"passed"}\n{"test":"b","state":"fai');
    expect(readEvents(file)).toMatchObject({ counts: { passed: 1, failed: 0, skipped: 0 }, hasEnded: false });
  });

  it('are none without a file', () => {
    expect(readEvents(join(folder, 'none.jsonl'))).toMatchObject({
      counts: { passed: 0, failed: 0, skipped: 0 },
      hasEnded: false,
    });
  });

  it('end in one line', () => {
    expect(summaryLine({ passed: 4, failed: 3, skipped: 3 })).toBe('4 passed, 3 failed, 3 skipped');
  });
});
