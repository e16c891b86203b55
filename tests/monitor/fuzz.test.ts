import { expect, it } from 'vitest';
import { root } from '../../scripts/support/paths.mjs';
import { command } from '../support/command';
import { soak } from '../support/soak';

/** All phases, or the one that makes examples at random; from a fixed seed, so that both can be repeated. */
const FULL = ['--examples', '50', '--minimum', '2000'];
const SMALL = ['--examples', '20', '--minimum', '200', '--phases', 'fuzzing'];

it('the monitor handles valid and invalid requests made from its description without failing', async () => {
  const { code, output } = await command(
    [process.execPath, '--import', 'tsx', 'tests/monitor/fuzz.ts', ...soak(FULL, SMALL)],
    { cwd: root, timeoutMs: 1_200_000 },
  );
  expect(code, output).toBe(0);
  expect(output).toMatch(/\d+ requests, 0 responses of 500 or above/);
  console.log(/\d+ requests.*/.exec(output)![0]);
}, 1_200_000);
