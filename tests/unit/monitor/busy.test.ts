import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProvenanceDocument } from 'stemma';
import type { Health, RunningMonitor } from 'stemma-monitor';
import { makeFolder, removeFolder } from '../../support/make-folder';
import { askMonitor, until } from './client';
import { Program } from './program';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

describe('while a synchronous function keeps the thread', () => {
  it('responds, with the age of the document', async () => {
    const file = join(folder, 'go on');
    const program = new Program('busy.mjs', file);
    const running = JSON.parse(await program.line()) as RunningMonitor;
    expect(await program.line()).toBe('blocked');

    // The thread is blocked until the file is there: responses before that come from the worker.
    const age = async () => Number((await askMonitor(running, '/document')).headers['age']);
    await until(age, (seconds) => seconds >= 1);
    const { sessions } = (await askMonitor(running, '/health')).json<Health>();
    expect(sessions[0]!.ageMs).toBeGreaterThanOrEqual(1_000);
    const blocked = (await askMonitor(running, '/document')).json<ProvenanceDocument>();
    expect(blocked.processes.map(({ label, execution }) => [label, execution.state])).toEqual([
      ['Rows', 'running'],
      ['Keep the thread', 'running'],
      ['toArray', 'running'],
    ]);
    for (const path of ['/document', '/processes', '/artifacts', '/runs', '/environment', '/metrics', '/sessions']) {
      const startMs = performance.now();
      expect([path, (await askMonitor(running, path)).status]).toEqual([path, 200]);
      console.log(`${path}: ${(performance.now() - startMs).toFixed(1)} ms while the thread is busy`);
    }

    writeFileSync(file, '');
    expect(await program.line()).toBe('[0,1,2]');
    expect(await program.ended).toBe(0);
  });
});
