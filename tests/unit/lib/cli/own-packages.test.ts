import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const stemma = (args: string[], cwd: string) =>
  command([process.execPath, inRoot('lib', 'bin', 'stemma.mjs'), ...args], { cwd });

const PIPELINE = (extension: string) => `
  import { Dataset } from 'stemma';
  import { readDocument } from 'stemma-document';
  ${extension === 'ts' ? 'type N = number;' : ''}
  export default () => Dataset.range(4).map((n) => n + 1, 'Plus one');`;

describe('a pipeline in a folder without packages', () => {
  it.each(['ts', 'mjs', 'js'])('finds the library that the command brings, as %s', async (extension) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `plain.${extension}`), PIPELINE(extension));
    expect(await stemma(['run', `plain.${extension}`], folder)).toMatchObject({ code: 0 });
    const text = readFileSync(join(folder, 'plain.provenance.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ runs: [{ state: 'complete' }] });
  });

  it('has that of its project where there is one', async () => {
    const folder = temporaryFolder();
    const own = join(folder, 'node_modules', 'stemma');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'stemma', version: '9.9.9', main: 'index.js' }));
    writeFileSync(join(own, 'index.js'), "throw new Error('the library of the project');");
    writeFileSync(join(folder, 'plain.ts'), PIPELINE('ts'));
    const { code, output } = await stemma(['run', 'plain.ts'], folder);
    expect([code, output]).toEqual([1, expect.stringContaining('the library of the project')]);
  });

  it('still names a package that nobody has', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'plain.ts'), "import 'no-such-package'; export default () => null;");
    const { code, output } = await stemma(['run', 'plain.ts'], folder);
    expect([code, output]).toEqual([1, expect.stringContaining('no-such-package')]);
  });
});
