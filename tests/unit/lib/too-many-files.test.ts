import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whileTooManyOpen } from '../../../lib/dist/util/while-too-many-open.js';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const BIN = join(import.meta.dirname, '../../../lib/bin/stemma.mjs');

describe('too many open files', () => {
  it.runIf(process.platform !== 'win32')('are the error of a run, whose document is saved', () => {
    mkdirSync(join(folder, 'files'));
    for (let i = 0; i < 1000; i++) writeFileSync(join(folder, 'files', `${i}.txt`), '.');
    const pipeline = join(folder, 'pipeline.mjs');
    writeFileSync(
      pipeline,
      `import { readFile } from 'node:fs/promises';
       import { Dataset } from ${JSON.stringify(join(import.meta.dirname, '../../../lib/dist/index.js'))};
       export default () => Dataset.fromFolder(${JSON.stringify(join(folder, 'files'))})
         .map((file) => readFile(file.path, 'utf8'), { identifier: 'read', concurrency: 500 }).count();`,
    );
    const out = join(folder, 'out.json');
    const command = `ulimit -n 64 && exec "$0" "$@"`;
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, BIN, 'run', pipeline, '-o', out], {
      encoding: 'utf8',
    });
    expect(stderr).toContain('map "read" failed at item');
    expect(stderr).toContain('EMFILE');
    expect([status, existsSync(out)]).toEqual([1, true]);
    expect(readFileSync(out, 'utf8')).toContain('EMFILE');
  });

  it('are waited for where the library opens one, and only they', async () => {
    let opened = 0;
    const failing = (code: string, times: number) => () => {
      if (opened++ < times) throw Object.assign(new Error(code), { code });
      return 'open';
    };
    expect(await whileTooManyOpen(failing('EMFILE', 2))).toBe('open');
    expect(opened).toBe(3);
    opened = 0;
    await expect(whileTooManyOpen(failing('ENOENT', 1))).rejects.toThrow('ENOENT');
    expect(opened).toBe(1);
  });
});
