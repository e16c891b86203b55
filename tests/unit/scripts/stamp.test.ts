import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unlessStamped } from '../../../scripts/support/stamp.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

describe('a step with a stamp', () => {
  const folder = temporaryFolder();
  const stamp = join(folder, 'stamps', 'step');
  const output = join(folder, 'output');
  let times = 0;
  const step = (inputs: string) =>
    unlessStamped(stamp, inputs, [output], async () => {
      times++;
      writeFileSync(output, inputs);
    });

  it('is done once', async () => {
    await step('a');
    await step('a');
    expect(times).toBe(1);
  });

  it('is done again when its inputs change', async () => {
    await step('b');
    expect(times).toBe(2);
  });

  it('is done again when what it made is gone', async () => {
    rmSync(output);
    await step('b');
    expect(times).toBe(3);
  });

  it('is not done when it failed', async () => {
    const failing = unlessStamped(stamp, 'c', [], () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await step('c');
    expect(times).toBe(4);
  });
});
