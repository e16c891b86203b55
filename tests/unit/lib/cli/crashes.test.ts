import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const out = join(folder, 'out.json');

/** Runs a pipeline whose `body` is a function's; `fail` throws from where the case says. */
function run(body: string) {
  rmSync(out, { force: true });
  const pipeline = join(folder, 'crash.mjs');
  writeFileSync(
    pipeline,
    `import { EventEmitter } from 'node:events';
import fs from 'node:fs/promises';
import { Dataset } from ${JSON.stringify(inRoot('lib', 'dist', 'index.js'))};
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Until something from outside ends the run. */
const wait = (_, { signal }) => new Promise((resolve, reject) => {
  const alive = setInterval(() => {}, 1000);
  signal.addEventListener('abort', () => { clearInterval(alive); reject(signal.reason); });
});
/** Calls it while the document is written, which waits for that. */
function whileWriting(act) {
  const { open } = fs;
  fs.open = async (...args) => {
    fs.open = open;
    setImmediate(act);
    await turn();
    await turn();
    return open(...args);
  };
}
export default async () => {
${body}
};
`,
  );
  const args = [inRoot('lib', 'bin', 'stemma.mjs'), 'run', pipeline, '-o', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr, document: () => readDocument(out) };
}

const thrown = `() => { throw new RangeError('late one'); }`;

describe('an error that nothing catches', () => {
  it.each([
    ['a timer', `setTimeout(${thrown}, 1)`],
    ['two timers', `(setTimeout(${thrown}, 1), setTimeout(${thrown}, 1))`],
    ['a timer that goes on', `setInterval(${thrown}, 1)`],
    ['a microtask', `queueMicrotask(${thrown})`],
    ['the next tick', `process.nextTick(${thrown})`],
    ['a promise', `Promise.reject(new RangeError('late one'))`],
    ['an emitter', `process.nextTick(() => new EventEmitter().emit('error', new RangeError('late one')))`],
  ])('from %s ends the run, which has failed with it', (_, act) => {
    for (const end of ['', '.count()']) {
      const { status, stdout, stderr, document } = run(
        `return Dataset.range(10).tap((n) => { if (n === 2) ${act}; }).map(wait, { identifier: 'Wait' })${end};`,
      );
      expect([status, stderr]).toEqual([1, expect.stringContaining('stemma: an error that nothing caught: late one')]);
      expect(stderr).toMatch(/crash\.mjs:\d+:\d+/);
      expect(stdout).toContain('provenance written to');
      expect(document()).toMatchObject({
        session: { end: { how: 'failed', exitCode: 1 } },
        runs: [{ state: 'failed', failure: { message: 'an error that nothing caught: late one' } }],
      });
    }
  });

  it('says how many there were', () => {
    const { stderr } = run(
      `return Dataset.range(3).map((n, context) => { process.nextTick(${thrown}); return wait(n, context); });`,
    );
    expect(stderr.match(/late one/g)).toHaveLength(1);
    expect(stderr).toContain('stemma: errors that nothing caught after this one: 2');
  });

  it('is in the record where it is thrown while that is written', () => {
    const { status, stderr, document } = run(`whileWriting(${thrown}); return Dataset.range(3);`);
    expect([status, stderr]).toEqual([1, expect.stringContaining('nothing caught: late one')]);
    expect(document()).toMatchObject({
      session: { end: { how: 'failed', exitCode: 1 } },
      runs: [{ state: 'complete', failure: null }],
    });
  });

  it('does not hide the error that ended the run', () => {
    const { status, stderr } = run(
      `whileWriting(${thrown}); return Dataset.range(3).map(() => { throw new Error('early one'); });`,
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/early one[^]*late one/);
  });
});

describe('a pipeline that ends the process', () => {
  it.each([0, 3])('leaves its record, and its code %i', (code) => {
    const { status, stdout, stderr, document } = run(
      `return Dataset.range(9).map((n) => { if (n === 4) process.exit(${code}); return n; });`,
    );
    expect([status, stderr]).toEqual([code, expect.stringContaining(`process.exit(${code}) before the run had ended`)]);
    expect(stdout).toContain('provenance written to');
    expect(document()).toMatchObject({
      session: { end: { how: 'exited', exitCode: code } },
      runs: [{ state: 'aborted', failure: { message: expect.stringContaining(`process.exit(${code})`) as string } }],
    });
  });

  it('leaves it also where the document was just being written', () => {
    const { status, document } = run('whileWriting(() => process.exit(4)); return Dataset.range(3);');
    expect(status).toBe(4);
    expect(document()).toMatchObject({
      session: { end: { how: 'exited', exitCode: 4 } },
      runs: [{ state: 'complete' }],
    });
  });

  it('writes nothing where nothing ran', () => {
    const { status, stderr, document } = run('process.exit(5);');
    expect([status, stderr]).toEqual([5, expect.stringContaining('process.exit(5)')]);
    expect(document).toThrow('there is no such file');
  });
});
