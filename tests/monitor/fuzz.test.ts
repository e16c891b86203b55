import { expect, it } from 'vitest';
import { root } from '../../scripts/support/paths.mjs';
import { command } from '../support/command';
import { soak } from '../support/soak';

const EXAMPLES = soak(50, 5);

it('the monitor answers requests made from its description, right and wrong ones, without failing', async () => {
  const { code, output } = await command(
    [process.execPath, '--import', 'tsx', 'tests/monitor/fuzz.ts', '--examples', String(EXAMPLES)],
    { cwd: root, timeoutMs: 1_200_000 },
  );
  expect(code, output).toBe(0);
  expect(output).toMatch(/\d+ requests, 0 answers from 500 on/);
  console.log(/\d+ requests.*/.exec(output)![0]);
}, 1_200_000);
