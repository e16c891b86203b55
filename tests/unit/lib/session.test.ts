import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument } from 'stemma';
import type { Host } from 'stemma/host';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { Session } from '../../../lib/src/recorder/session';
import { validDocument } from '../../support/schemas';

const byLabel = (document: ProvenanceDocument, label: string) => {
  const process = document.processes.filter((p) => p.label === label).at(-1)!;
  const artifact = document.artifacts.find((a) => a.producer === process.id);
  return { process, artifact: artifact! };
};

describe('document', () => {
  it('holds the graph, the counts, the schemas and samples of a run, and is valid', async () => {
    const items = Dataset.fromArray([1, 2, 3, 4, 5, 6], 'Load numbers');
    const ds = items.map((n) => ({ n, half: n / 2 }), 'Halve').filter(({ n }) => n > 2, 'Large');
    await ds.batch(3, 'Batch').forEach(() => undefined, 'Train');
    const document = validDocument(JSON.parse(JSON.stringify(provenance.document())));
    const { process: halve, artifact } = byLabel(document, 'Halve');
    expect(halve).toMatchObject({
      kind: 'map',
      role: 'operation',
      execution: { state: 'complete', itemsIn: 6, itemsOut: 6, runs: 1 },
    });
    expect(halve.code?.source).toContain('n / 2');
    expect(halve.inputs).toEqual([byLabel(document, 'Load numbers').artifact.id]);
    expect(artifact.consumers).toEqual([byLabel(document, 'Large').process.id]);
    expect(artifact.execution).toMatchObject({ items: 6, schemaText: "{n: 'int', half: 'float'}", sampleCount: 6 });
    expect(artifact.execution.samples[1]).toMatchObject({ index: 1, origins: ['Load numbers item 1'] });
    expect(byLabel(document, 'Large').artifact.length).toEqual({ kind: 'exact', items: 4 });
    expect(byLabel(document, 'Batch').artifact.execution.samples[1]).toMatchObject({
      origins: ['Load numbers item 5'],
    });
    expect(document.runs.at(-1)).toMatchObject({
      state: 'complete',
      epoch: 0,
      sink: byLabel(document, 'Train').process.id,
    });
  });

  it('says what failed, where, and stays valid', async () => {
    const ds = Dataset.range(10, 'Rows').map((n) => {
      if (n === 4) throw new TypeError('four');
      return n;
    }, 'Fail');
    await ds
      .map((n) => n, 'After')
      .toArray()
      .catch(() => undefined);
    const document = validDocument(JSON.parse(JSON.stringify(provenance.document())));
    const failure = { name: 'TypeError', message: 'four', index: 4, origin: 'Rows item 4', input: '4' };
    expect(byLabel(document, 'Fail').process.execution).toMatchObject({ state: 'failed', failed: 1, failure });
    expect(byLabel(document, 'After').process.execution).toMatchObject({ state: 'stopped', itemsIn: 4 });
    expect(document.runs.at(-1)).toMatchObject({ state: 'failed', failure });
  });

  it('counts what was skipped and keeps the first reasons', async () => {
    const fn = (n: number): number => {
      if (n % 2) throw new Error(`odd ${n}`);
      return n;
    };
    await Dataset.range(100).map(fn, { onError: 'skip', identifier: 'Even only' }).count();
    const { execution } = byLabel(provenance.document(), 'Even only').process;
    expect(execution).toMatchObject({ itemsIn: 100, itemsOut: 50, skipped: 50, failed: 0, state: 'complete' });
    expect(execution.skippedItems.map((f) => f.message)).toEqual([1, 3, 5, 7, 9, 11, 13, 15].map((n) => `odd ${n}`));
  });

  it('records an abort with exact counts', async () => {
    const controller = new AbortController();
    const ds = Dataset.range(1e6, 'Many').map((n) => {
      if (n === 999) controller.abort();
      return n;
    }, 'Stop');
    await ds.count({ signal: controller.signal }).catch(() => undefined);
    const document = provenance.document();
    expect(document.runs.at(-1)!.state).toBe('aborted');
    const { process } = byLabel(document, 'Stop');
    expect(process.execution.state).toBe('aborted');
    expect(process.execution.itemsIn).toBe(byLabel(document, 'Many').process.execution.itemsOut);
  });

  it('links the result of a reduction to the operations that use it', async () => {
    const mean = Dataset.range(5).reduce((sum, n) => ({ sum: sum.sum + n }), { sum: 0 }, 'Mean');
    const value = await mean;
    const ds = Dataset.range(3).map((n) => n - value.sum, { identifier: 'Normalize', uses: [mean] });
    Dataset.range(3).map((n) => n - value.sum, { identifier: 'By value', uses: [value] });
    await ds.toArray();
    const document = provenance.document();
    const { artifact } = byLabel(document, 'Mean');
    expect(artifact).toMatchObject({ kind: 'value', execution: { schemaText: "{sum: 'int'}" } });
    expect(byLabel(document, 'Normalize').process.uses).toEqual([artifact.id]);
    expect(byLabel(document, 'By value').process.uses).toEqual([artifact.id]);
    expect(artifact.consumers).toHaveLength(2);
    expect(() => Dataset.range(1).map((n) => n, { uses: [{}] })).toThrow('invalid uses');
  });

  it('records resolved seeds, also where none was given', () => {
    Dataset.range(3).shuffle('Mix');
    expect(byLabel(provenance.document(), 'Mix').process.options).toMatchObject({
      seed: expect.any(Number),
      bufferSize: null,
    });
  });

  it('has the same keys for the same code, whatever the ids, the data and drawn seeds', () => {
    const make = (count: number) =>
      Dataset.range(count, 'Key source')
        .shuffle()
        .map((n) => n, 'Key map');
    make(3);
    make(4);
    Dataset.range(3, 'Key source').map((n) => n, 'Key map');
    const [a, b, elsewhere] = provenance.document().processes.filter((p) => p.label === 'Key map');
    expect(a!.key).toBe(b!.key);
    expect(a!.id).not.toBe(b!.id);
    expect(elsewhere!.key).not.toBe(a!.key);
  });

  it('is saved whole, and leaves nothing else behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stemma-save-'));
    await provenance.save(join(folder, 'p.json'));
    expect(readdirSync(folder)).toEqual(['p.json']);
    validDocument(JSON.parse(readFileSync(join(folder, 'p.json'), 'utf8')));
    await expect(provenance.save(join(folder, 'no', 'p.json'))).rejects.toThrow('cannot save the provenance to');
  });

  it('tells no secrets of the environment', () => {
    process.env.STEMMA_TEST_SECRET = 'hunter2-secret';
    const text = JSON.stringify(provenance.document());
    expect(text).not.toContain('hunter2-secret');
    expect(JSON.stringify(provenance.document().environment)).not.toContain(homedir() + '/');
    if (userInfo().username.length > 4) expect(text).not.toContain(userInfo().username);
  });

  it('counts both epochs of two iterations', async () => {
    const ds = Dataset.range(7, 'Epochs');
    await ds.forEach(() => undefined, 'Loop');
    await ds.forEach(() => undefined, 'Loop');
    const document = provenance.document();
    expect(byLabel(document, 'Epochs').process.execution).toMatchObject({ runs: 2, itemsOut: 14 });
    expect(byLabel(document, 'Epochs').artifact.execution).toMatchObject({ items: 14, currentItems: 7 });
    expect(document.runs.slice(-2).map((run) => run.epoch)).toEqual([0, 1]);
  });

  it('settles a length by the passes that came to their end, not by their sum', async () => {
    const few = Dataset.range(10).filter((n) => n < 4, 'Few');
    const lengthOf = (label: string) => byLabel(provenance.document(), label).artifact.length;
    let items = 0;
    for await (const _ of few.repeat(3)) if (++items === 6) break;
    expect(lengthOf('Few')).toEqual({ kind: 'exact', items: 4 });
    await few.repeat(3, 'Thrice').count();
    expect(lengthOf('Few')).toEqual({ kind: 'exact', items: 4 });
    expect(lengthOf('Thrice')).toEqual({ kind: 'exact', items: 12 });
    let pass = 0;
    const fewer = Dataset.range(10).filter((n) => n < 6 - (n === 0 ? pass++ : pass), 'Fewer');
    await fewer.repeat(2).count();
    expect(lengthOf('Fewer')).toEqual({ kind: 'atMost', items: 5 });
    await Dataset.range(10)
      .filter((n) => n < 5, 'Broken off')
      .repeat(2)
      .take(3)
      .count();
    expect(lengthOf('Broken off')).toEqual({ kind: 'atMost', items: 10 });
  });

  it('says which epoch a run was, whichever sink pulled and whether the ones before were recorded', async () => {
    const ds = Dataset.range(9).shuffle({ seed: 1 });
    provenance.recording = false;
    await ds.count();
    provenance.recording = true;
    await ds.count();
    await ds.toArray();
    await ds.count();
    expect(
      provenance
        .document()
        .runs.slice(-3)
        .map((run) => run.epoch),
    ).toEqual([1, 2, 3]);
  });
});

describe('cells', () => {
  const cell = { id: 'c1', executionCount: 1, source: 'code' };
  const host: Host = { cell: () => ({ ...cell }), attach: () => undefined };
  const declare = (session: Session, label: string) =>
    session.declare(
      { kind: 'range', role: 'source', label, inputs: [], uses: [], options: {} },
      { kind: 'stream', length: { kind: 'unknown' } },
    );

  it('what a cell made is superseded when it runs again', () => {
    const session = new Session(host);
    const first = declare(session, 'a');
    cell.executionCount = 2;
    const second = declare(session, 'a');
    expect([first.superseded, second.superseded]).toEqual([true, false]);
    expect(session.document().cells).toMatchObject([
      { executionCount: 1, superseded: true },
      { executionCount: 2, superseded: false },
    ]);
  });

  it('keeps within its limits and says what it dropped', () => {
    const session = new Session(host);
    session.limits.processes = 100;
    for (let i = 0; i < 250; i++) declare(session, `p${i}`);
    const document = session.document();
    expect(document.processes.length).toBeLessThanOrEqual(100);
    expect(document.dropped.processes).toBe(250 - document.processes.length);
    expect(document.artifacts).toHaveLength(document.processes.length);
  });
});

describe('feed', () => {
  it('gives everything first, then only what changed, and says when', () => {
    const session = new Session(undefined);
    const declare = (label: string) =>
      session.declare(
        { kind: 'range', role: 'source', label, inputs: [], uses: [], options: {} },
        { kind: 'stream', length: { kind: 'unknown' } },
      );
    declare('a');
    const feed = session.feed();
    let dirty = 0;
    feed.onDirty = () => dirty++;
    expect(feed.take()!.patch.processes.map((p) => p.label)).toEqual(['a']);
    expect(feed.take()).toBeNull();
    declare('b');
    declare('c');
    expect(dirty).toBe(1);
    expect(feed.take()!.patch.processes.map((p) => p.label)).toEqual(['b', 'c']);
    feed.close();
    declare('d');
    expect(dirty).toBe(1);
  });

  it('has the sketches of times for what is watched, and on request for all that has ended', async () => {
    const [feed, other] = [currentSession().feed(), currentSession().feed({ sketches: true })];
    const ds = Dataset.range(200)
      .map((n) => n + 1, 'Watched')
      .map((n) => n + 1, 'Not watched');
    const labels = ['Watched', 'Not watched'];
    const withSketch = ({ patch }: NonNullable<ReturnType<typeof feed.take>>): string[] =>
      patch.processes
        .filter(({ label, execution }) => labels.includes(label) && execution.selfTime?.sketch !== undefined)
        .map(({ label }) => label);
    let at = 0;
    for await (const _ of ds) {
      if (++at === 20) {
        expect(withSketch(feed.take()!)).toEqual([]);
        expect(withSketch(other.take()!)).toEqual([]);
        feed.watch([byLabel(provenance.document(), 'Watched').artifact.id]);
        // At once, also where nothing has moved; and then only when something has.
        expect(withSketch(feed.take()!)).toEqual(['Watched']);
        expect(feed.take()).toBeNull();
      }
      if (at === 150) expect(withSketch(feed.take()!)).toEqual(['Watched']);
    }
    expect(withSketch(other.take()!)).toEqual(labels);
    feed.close();
    other.close();
  });
});
