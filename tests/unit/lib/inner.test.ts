import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, type PipelineError, type Process, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { temporaryFolder } from '../../support/temporary-folder';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const folder = temporaryFolder();
const FILES = 60;
const ROWS = 5;
for (let i = 0; i < FILES; i++)
  writeFileSync(join(folder, `${i}.csv`), `n,file\n${Array.from({ length: ROWS }, (_, n) => `${n},${i}\n`).join('')}`);

interface Row {
  n: number;
  file: number;
}
const readCsv = ({ path }: { path: string }): Dataset<Row> => Dataset.fromCsv<Row>(path);

const labels = (): string[] => provenance.document().processes.map(({ label }) => label);
const process = (label: string): Process => provenance.document().processes.find((one) => one.label === label)!;
const artifact = (label: string) => provenance.document().artifacts.find((one) => one.label === label)!;

describe('datasets made in a function of an operation', () => {
  beforeEach(() => {
    // A session of its own, whose whole record is looked at.
    Reflect.deleteProperty(globalThis, SESSION_KEY);
  });

  it.each<[string, (files: Dataset<{ path: string }>) => Dataset<unknown>]>([
    ['returned', (files) => files.flatMap((file) => readCsv(file).map(({ n }) => n, 'Inner'), 'Outer')],
    [
      'returned after an await',
      (files) =>
        files.flatMap(async (file) => {
          await soon();
          return readCsv(file).map(({ n }) => n, 'Inner');
        }, 'Outer'),
    ],
    [
      'iterated in a generator',
      (files) =>
        files.flatMap(async function* (file) {
          await soon();
          yield* readCsv(file).map(({ n }) => n, 'Inner');
        }, 'Outer'),
    ],
  ])('are one process for each call, with the counts of all items and epochs: %s', async (_, outer) => {
    const rows = outer(Dataset.fromFolder(folder, 'Files'));
    for (let epoch = 0; epoch < 10; epoch++) expect(await rows.count()).toBe(FILES * ROWS);
    expect(labels().sort()).toEqual(['Files', 'Inner', 'Outer', 'count', 'fromCsv']);
    expect(provenance.document().runs).toHaveLength(10);
    const count = 10 * FILES * ROWS;
    expect(process('fromCsv').execution).toMatchObject({ itemsOut: count, runs: 10, state: 'complete' });
    expect(process('fromCsv').options).toMatchObject({ path: '(varies)', delimiter: ',' });
    expect(process('Inner').execution).toMatchObject({ itemsIn: count, itemsOut: count });
    expect(process('Outer').uses).toEqual([artifact('Inner').id]);
    expect(artifact('Inner').length).toEqual({ kind: 'exact', items: ROWS });
    expect(provenance.document().runs.at(-1)!.processes).toContain(process('Inner').id);
  });

  it('keep samples, schemas and origins of all of them', async () => {
    await Dataset.fromFolder(folder, 'Files')
      .flatMap((file) => readCsv(file).map((row) => row, 'Inner'))
      .count();
    const { execution } = artifact('Inner');
    expect(execution).toMatchObject({ items: FILES * ROWS, schemaText: "{n: 'int', file: 'int'}" });
    const named = execution.samples.flatMap(({ origins }) => origins.map((origin) => origin.split(' ')[0]));
    expect(new Set(named).size).toBeGreaterThan(3);
    for (const { index, origins } of execution.samples)
      expect(origins).toEqual([expect.stringMatching(new RegExp(`\\.csv line ${(index % ROWS) + 2}$`))]);
  });

  it('name the file and the operation of an error', async () => {
    const failing = Dataset.fromFolder(folder).flatMap((file) =>
      readCsv(file).map((row) => {
        if (row.file === 7 && row.n === 3) throw new Error('seven');
        return row;
      }, 'Check'),
    );
    const error = await failing.count().catch((thrown: PipelineError) => thrown);
    expect(error).toMatchObject({ kind: 'map', label: 'Check', index: 3, origin: `${join(folder, '7.csv')} line 5` });
    expect(process('Check').execution).toMatchObject({ state: 'failed', failed: 1, failure: { message: 'seven' } });
  });

  it('say what was left out where the operation goes on', async () => {
    const skipping = Dataset.fromFolder(folder).flatMap(
      (file) =>
        readCsv(file).map((row) => {
          if (row.file === 7 && row.n === 3) throw new Error('seven');
          return row;
        }, 'Check'),
      { onError: 'skip' },
    );
    expect(await skipping.count()).toBe(FILES * ROWS - 2);
    const { execution } = process('Check');
    expect(execution).toMatchObject({ state: 'complete', failed: 1, failure: null });
    expect(execution.skippedItems).toMatchObject([{ message: 'seven', origin: `${join(folder, '7.csv')} line 5` }]);
  });

  it.each<[string, (file: { path: string }) => Promise<number>]>([
    ['at once', async (file) => (await readCsv(file).toArray()).length],
    [
      'after an await',
      async (file) => {
        await soon();
        return (await readCsv(file).toArray()).length;
      },
    ],
  ])('and run there by hand are bounded, too: %s', async (_, size) => {
    const sizes = Dataset.fromFolder(folder).map(size, 'Sizes');
    for (let epoch = 0; epoch < 5; epoch++) expect(await sizes.toArray()).toEqual(new Array(FILES).fill(ROWS));
    const { processes, runs } = provenance.document();
    // Where nobody could know that datasets are made after an `await`, the calls that were under way are not known for
    // parts.
    expect(processes.length).toBeLessThan(5 + 2 * 20);
    expect(runs.length).toBeLessThan(5 + 20);
    expect(process('Sizes').uses).toHaveLength(1);
  });

  it('and made outside of it but run there, are part of its run', async () => {
    const other = Dataset.range(7, 'Other').map((n) => n, 'Shared');
    const sums = Dataset.range(5).map(async (n) => n + (await other.count('Count')), 'Add');
    expect(await sums.toArray()).toEqual([7, 8, 9, 10, 11]);
    expect(provenance.document().runs).toHaveLength(1);
    expect(process('Shared').execution.itemsOut).toBe(35);
    expect(process('Add').uses).toEqual([artifact('Count').id]);
    expect(await other.count()).toBe(7);
    expect(provenance.document().runs).toHaveLength(2);
  });

  it('are apart where branches make them, and together where windows do', async () => {
    const branches = Dataset.range(50).flatMap(
      (n) => (n % 2 > 0 ? Dataset.fromArray([n]) : Dataset.fromArray([n, n])),
      'Branches',
    );
    expect(await branches.count()).toBe(75);
    expect(process('Branches').uses).toHaveLength(2);
    await Dataset.range(500)
      .window(10, { shift: 1 })
      .flatMap((window) => Dataset.fromArray(window, 'Window').batch(10), 'Batches')
      .count();
    expect(labels().filter((label) => label === 'Window')).toHaveLength(1);
    expect(artifact('Window').length).toEqual({ kind: 'atMost', items: 10 });
  });

  it('are bounded in number, whatever the function does, and what is left out is counted', async () => {
    const deep = Dataset.range(3).flatMap((n) => {
      let chain = Dataset.fromArray([n]);
      for (let i = 0; i < 240 + n; i++) chain = chain.take(1);
      return chain;
    }, 'Deep');
    expect(await deep.count()).toBe(3);
    const { processes, dropped } = provenance.document();
    expect(processes.length).toBeLessThan(210);
    expect(dropped.processes).toBeGreaterThan(0);
    expect(dropped.processes).toBeLessThan(250);
  });

  it('are nested as deep as functions are', async () => {
    const nested = Dataset.range(6).flatMap(
      (n) => Dataset.range(3, 'Middle').flatMap((m) => Dataset.range(m, 'Inmost').map((k) => n + k), 'Middle flat'),
      'Outer flat',
    );
    expect(await nested.count()).toBe(18);
    expect(process('Inmost').execution.itemsOut).toBe(18);
    expect(process('Middle flat').uses).toHaveLength(1);
    expect(provenance.document().runs).toHaveLength(1);
  });

  it('give the same items with recording off, and chance deals the same', async () => {
    const run = async (recording: boolean): Promise<unknown[]> => {
      provenance.recording = recording;
      try {
        const ds = Dataset.range(20, 'Rows').flatMap((n) =>
          Dataset.range(9, `Source ${n}`)
            .shuffle({ seed: n })
            .randomMap((k, random) => [n, k, random.next()], { seed: 3 }),
        );
        return [await ds.toArray(), await ds.toArray()];
      } finally {
        provenance.recording = true;
      }
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it('end with the run that calls the function', async () => {
    const controller = new AbortController();
    const waiting = Dataset.range(3).map(async () => {
      setImmediate(() => controller.abort(new Error('enough')));
      await Dataset.fromGenerator(async function* () {
        yield await new Promise<number>(() => undefined);
      }, 'Never').count();
    });
    await expect(waiting.count({ signal: controller.signal })).rejects.toThrow('enough');
    await expect.poll(() => process('Never').execution.state).toBe('aborted');
  });

  it('belong to no call once its run is over', async () => {
    const kept: Dataset<number>[] = [];
    await Dataset.range(3)
      .map((n) => void kept.push(Dataset.range(n + 1, 'Kept')))
      .count();
    expect(await kept[2]!.map((n) => n, 'Later').toArray()).toEqual([0, 1, 2]);
    expect(provenance.document().runs).toHaveLength(2);
    expect(process('Later').inputs).toEqual([artifact('Kept').id]);
  });
});
