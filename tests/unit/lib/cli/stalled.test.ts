import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const ROOT = join(import.meta.dirname, '../../../..');

it.each([
  [
    'a stream that nobody ends',
    `Dataset.fromStream(new PassThrough({ objectMode: true })).count()`,
    (out: string) => expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ runs: [{ state: 'aborted' }] }),
  ],
  ['a promise that nobody settles', 'new Promise(() => {})', () => undefined],
])('stemma run does not end with 0 where it waits for %s', (_, code, check) => {
  const pipeline = join(folder, 'pipeline.mjs');
  const out = join(folder, 'out.json');
  writeFileSync(
    pipeline,
    `import { PassThrough } from 'node:stream';
     import { Dataset } from ${JSON.stringify(join(ROOT, 'lib/dist/index.js'))};
     export default () => ${code};`,
  );
  const bin = join(ROOT, 'lib/bin/stemma.mjs');
  const { status, stderr } = spawnSync(process.execPath, [bin, 'run', pipeline, '-o', out], { encoding: 'utf8' });
  expect(stderr).toContain('the pipeline waits for what can never come');
  expect(status).toBe(1);
  check(out);
});
