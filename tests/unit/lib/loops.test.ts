import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProvenanceDocument, Dataset, provenance, tensors } from 'stemma';
import { expect, it, vi } from 'vitest';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { LOOP_FAILED } from '../../../lib/src/host';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { collectGarbage } from '../../support/collect-garbage';
import { makeFolder } from '../../support/make-folder';

const runs = (): ProvenanceDocument['runs'] => provenance.document().runs;
const last = (): ProvenanceDocument['runs'][0] => runs().at(-1)!;
const stateOf = (label: string): string =>
  [...provenance.document().processes].reverse().find((process) => process.label === label)!.execution.state;

const rows = (): Dataset<number> => Dataset.fromArray([5, 6, 7, 8], 'Rows').map((n) => n + 1, 'Add');

/** As a host does that saw the body throw. */
async function throwIn(iterator: AsyncIterator<unknown>, items: number, error: unknown): Promise<void> {
  for (let i = 0; i < items; i++) await iterator.next();
  (iterator as unknown as { [LOOP_FAILED](error: unknown): void })[LOOP_FAILED](error);
  await iterator.return!();
}

async function leaveByReturn(): Promise<number> {
  for await (const n of rows()) if (n > 6) return n;
  return 0;
}

it('a loop that is left by break or return is stopped, and nothing failed', async () => {
  for await (const n of rows()) if (n > 6) break;
  const left = [last()];
  expect([stateOf('Rows'), stateOf('Add'), stateOf('iterate')]).toEqual(['stopped', 'stopped', 'stopped']);
  expect(await leaveByReturn()).toBe(7);
  left.push(last());
  for (const { state, failure, perProcess } of left) {
    expect([state, failure]).toEqual(['stopped', null]);
    for (const part of Object.values(perProcess!))
      expect(part).toMatchObject({ state: 'stopped', failed: 0, failure: null });
  }
});

it('a loop that comes to its end by itself is complete, also where the body skips', async () => {
  for await (const n of rows()) if (n < 9) continue;
  expect(last().state).toBe('complete');
});

it('a host that sees the body throw makes the run a failed one, with the item', async () => {
  const error = new RangeError('too many');
  await throwIn(rows()[Symbol.asyncIterator](), 3, error);
  const failure = { name: 'RangeError', message: 'too many', index: 2, origin: 'Rows item 2', input: '8' };
  expect(last()).toMatchObject({ state: 'failed', failure });
  const { processes } = provenance.document();
  const sink = processes.find(({ id }) => id === last().sink)!;
  expect(sink.execution).toMatchObject({ state: 'failed', failed: 1, itemsIn: 3, failure });
  expect([stateOf('Rows'), stateOf('Add')]).toEqual(['stopped', 'stopped']);
});

it('the error of another dataset does not bring its place along', async () => {
  const other = Dataset.range(9, 'Other').map((n) => (n === 7 ? Promise.reject(new Error('seven')) : n), 'Seven');
  const error = await other.count().catch((thrown: unknown) => thrown);
  const { stack } = error as Error;
  await throwIn(rows()[Symbol.asyncIterator](), 1, error);
  expect(last().failure).toMatchObject({
    index: 0,
    origin: 'Rows item 0',
    message: expect.stringContaining('seven') as string,
  });
  expect((error as Error).stack).toBe(stack);
});

it('a loop over tensors says what its body threw', async () => {
  const tf = { tensor: () => ({ dispose: () => undefined }) };
  await throwIn(tensors(tf, rows().batch(2)), 1, new Error('diverged'));
  expect(last()).toMatchObject({ state: 'failed', failure: { message: 'diverged', index: 0 } });
});

it('an interrupted loop is aborted, whatever its body throws', async () => {
  const iterator = rows()[Symbol.asyncIterator]();
  await iterator.next();
  currentSession().interrupt();
  await throwIn(iterator, 0, new Error('stopped'));
  expect(last()).toMatchObject({ state: 'aborted' });
  expect(stateOf('iterate')).toBe('aborted');
});

it('the time of the last body counts, however the loop is left', async () => {
  let spent = 0;
  for await (const n of Dataset.range(5).iterate('Busy')) {
    const start = performance.now();
    while (performance.now() - start < 5);
    spent += performance.now() - start;
    if (n === 1) break;
  }
  const { selfTime } = provenance.document().processes.find(({ label }) => label === 'Busy')!.execution;
  expect(selfTime!.totalMs).toBeGreaterThanOrEqual(spent);
});

it('what is still under way where a loop is left is none of the record', async () => {
  const late = async (n: number): Promise<number> => {
    if (n > 0) await new Promise((resolve) => setImmediate(resolve));
    if (n === 3) throw new Error('late');
    return n;
  };
  const ds = Dataset.fromArray([0, 1], 'Few')
    .flatMap((n) => [2 * n, 2 * n + 1], 'Twice')
    .map(late, 'Late')
    .prefetch(4);
  for await (const _ of ds) break;
  const before = JSON.stringify([last(), provenance.document().processes.map(({ execution }) => execution.state)]);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(JSON.stringify([last(), provenance.document().processes.map(({ execution }) => execution.state)])).toBe(
    before,
  );
  expect(stateOf('Late')).toBe('stopped');
  for (const { outputs, execution } of provenance.document().processes)
    for (const { id, execution: of } of provenance.document().artifacts)
      if (id === outputs[0]) expect(of.schemaItems).toBeLessThanOrEqual(execution.itemsOut);
});

it('a trainer that drops the iterator leaves no run under way', async () => {
  await (async () => {
    const iterator = Dataset.range(1e6, 'Dropped')[Symbol.asyncIterator]();
    await iterator.next();
  })();
  const run = last().id;
  // The collector reports it at any time.
  const { state } = await vi.waitUntil(
    () => {
      collectGarbage();
      return runs().find(({ id, state }) => id === run && state !== 'running');
    },
    { timeout: 60_000 },
  );
  expect(state).toBe('stopped');
});

/** What a script says of its runs right before it ends with an error that nothing caught. */
function script(body: string): { state: string; failure: { message: string } | null }[] {
  const file = join(makeFolder(), 'script.cjs');
  writeFileSync(
    file,
    `const { Dataset, provenance } = require(${JSON.stringify(inRoot('lib'))});
    process.on('uncaughtException', () => console.log(JSON.stringify(provenance.document().runs)));
    const range = () => Dataset.range(9);
    (async () => { ${body} })();`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as ReturnType<typeof script>;
}

it.each([
  ['the body throws', `for await (const n of range()) if (n === 2) throw new Error('two');`, ['failed two']],
  [
    'a body in a body throws',
    `for await (const n of range()) for await (const m of range()) throw new Error('inner');`,
    ['failed inner', 'failed inner'],
  ],
  [
    'loops before it were left by break',
    `for (let epoch = 0; epoch < 3; epoch++) for await (const n of range()) if (n === 2) { if (epoch === 2) throw new Error('third'); break; }`,
    ['stopped', 'stopped', 'failed third'],
  ],
  [
    'another sink fails after it',
    `for await (const n of range()) break; await range().forEach(() => { throw new Error('sink'); });`,
    ['stopped', 'failed sink'],
  ],
  [
    'it ends later, after something was waited for',
    `for await (const n of range()) break; await new Promise(setImmediate); throw new Error('later');`,
    ['stopped'],
  ],
])('a script ends by an error: %s', (_, body, expected) => {
  expect(script(body).map(({ state, failure }) => (failure === null ? state : `${state} ${failure.message}`))).toEqual(
    expected,
  );
});
