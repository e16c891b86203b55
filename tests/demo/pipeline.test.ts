import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDigits } from '../../examples/make-digits.mjs';
import { inRoot } from '../../scripts/support/paths.mjs';
import { command } from '../support/command';
import { readDocument } from '../support/schemas';
import { temporaryFolder } from '../support/temporary-folder';

describe('examples/pipeline.ts', () => {
  const folder = temporaryFolder();

  it('runs without Jupyter and writes a valid document', async () => {
    makeDigits(join(folder, 'digits'), { perClass: 20 });
    const target = join(folder, 'out.json');
    const tsx = inRoot('node_modules', 'tsx', 'dist', 'cli.mjs');
    const script = inRoot('examples', 'pipeline.ts');
    const { code, output } = await command([process.execPath, tsx, script, join(folder, 'digits'), target]);
    expect(output).toContain('6 batches of 32, from 200 images');
    expect(code).toBe(0);

    const { processes, runs } = readDocument(target);
    const decode = processes.find(({ label }) => label === 'Decode and scale');
    // Two passes: one for the statistics, one for the batches.
    expect(decode?.execution).toMatchObject({ state: 'complete', itemsIn: 418, itemsOut: 406, skipped: 12 });
    expect(processes.find(({ label }) => label === 'Normalize')?.uses).toHaveLength(1);
    expect(runs.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });
});
