import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, type Process, provenance } from 'stemma';
import { HOST_KEY, SESSION_KEY } from 'stemma/host';
import { operators } from './operators/table';

const processes = (label?: string): Process[] =>
  provenance.document().processes.filter((process) => label === undefined || process.label === label);
const itemsOf = (label: string): number[][] =>
  processes(label).map(({ execution }) => [execution.runs, execution.itemsIn, execution.itemsOut]);

beforeEach(() => {
  // A session of its own, whose whole record is looked at.
  Reflect.deleteProperty(globalThis, SESSION_KEY);
  provenance.settings.samples = true;
});

describe('an operation that is declared in a loop over epochs', () => {
  it('is one process, and the record stays bounded over 5,000 epochs', async () => {
    const train = Dataset.range(4).shuffle({ seed: 1 });
    let batches = 0;
    const sizes = new Set<string>();
    for (let epoch = 0; epoch < 5_000; epoch++) {
      for await (const batch of train.batch(2)) batches += batch.length > 0 ? 1 : 0;
      if (epoch % 1_000 > 0) continue;
      const document = provenance.document();
      const consumers = document.artifacts.reduce((sum, artifact) => sum + artifact.consumers.length, 0);
      sizes.add(JSON.stringify([document.processes.length, document.artifacts.length, consumers]));
    }
    expect(batches).toBe(10_000);
    expect([...sizes]).toEqual(['[4,3,3]']);
    expect(itemsOf('batch')).toEqual([[5_000, 20_000, 10_000]]);
    expect(itemsOf('iterate')).toEqual([[5_000, 10_000, 0]]);
    expect(provenance.document().runs.length).toBeLessThanOrEqual(provenance.settings.limits.runs);
  });

  it.each(operators)('is one process of its kind: $name', async ({ apply }) => {
    const ds = Dataset.range(8);
    const after: number[] = [];
    for (let epoch = 0; epoch < 4; epoch++) {
      await apply(ds).count();
      // A part that is never run is no epoch of the one before it.
      after.push(processes().filter(({ execution }) => execution.runs > 0).length);
    }
    expect(new Set(after).size).toBe(1);
    expect(processes('count').map(({ execution }) => execution.runs)).toEqual([4]);
  });

  it('is one process where the source is declared in the loop, too', async () => {
    for (let epoch = 0; epoch < 3; epoch++)
      await Dataset.fromArray([1, 2, 3])
        .map((n) => n * epoch, 'Times')
        .toArray();
    expect(processes().map(({ label }) => label)).toEqual(['fromArray', 'Times', 'toArray']);
    expect(itemsOf('Times')).toEqual([[3, 9, 9]]);
  });

  it('has the seed of each epoch, where it draws one', async () => {
    const rows = Dataset.range(20);
    const seeds = new Set<unknown>();
    for (let epoch = 0; epoch < 3; epoch++) {
      await rows.shuffle('Mix').count();
      seeds.add(processes('Mix')[0]!.options.seed);
    }
    expect(processes('Mix')).toHaveLength(1);
    expect([...seeds]).toEqual([expect.any(Number), '(varies)']);
    for (const seed of [1, 2]) await rows.shuffle({ seed, identifier: 'Given' }).count();
    expect(processes('Given').map(({ options }) => options.seed)).toEqual([1, 2]);
  });

  it('is at the next epoch each time', async () => {
    const train = Dataset.range(20).shuffle({ seed: 1 });
    const orders = new Set<string>();
    for (let epoch = 0; epoch < 4; epoch++) orders.add(String(await train.batch(20).toArray()));
    expect(orders.size).toBe(4);
    expect(provenance.document().runs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
  });
});

describe('operations with separate records', () => {
  const ds = (): Dataset<number> => Dataset.range(64);

  it('have other options, names, functions, samples, inputs or lengths', async () => {
    const base = ds();
    for (const size of [8, 16, 32]) await base.batch(size, 'Sizes').count();
    for (const name of ['a', 'b']) await base.map((n) => n, { identifier: `Name ${name}` }).count();
    for (const fn of [(n: number) => n + 1, (n: number) => n + 2]) await base.map(fn, 'Function').count();
    for (const samples of [true, false]) await base.map((n) => n, { identifier: 'Samples', samples }).count();
    for (const of of [base, Dataset.range(64, 'Other')]) await of.map((n) => n, 'Input').count();
    for (const length of [1, 2]) await Dataset.fromArray(Array(length).fill(0), 'Length').count();
    expect(itemsOf('Sizes').map(([, , out]) => out)).toEqual([8, 4, 2]);
    for (const label of ['Name a', 'Name b']) expect(processes(label)).toHaveLength(1);
    for (const label of ['Function', 'Samples', 'Input', 'Length']) expect(processes(label)).toHaveLength(2);
  });

  it('stand at other places', async () => {
    const base = ds();
    await base.batch(8, 'Place').count();
    await base.batch(8, 'Place').count();
    expect(itemsOf('Place')).toEqual([
      [1, 64, 8],
      [1, 64, 8],
    ]);
  });

  it('are declared after what is kept of the data was changed', async () => {
    const base = ds();
    for (const samples of [true, false]) {
      provenance.settings.samples = samples;
      await base.map((n) => n, 'Kept').count();
    }
    provenance.settings.samples = true;
    const { artifacts } = provenance.document();
    const kept = artifacts.filter(({ label }) => label === 'Kept');
    expect(kept.map(({ execution }) => execution.sampleCount > 0)).toEqual([true, false]);
  });

  it('are equal, of one place, and in use side by side: each with its own counts, in each epoch', async () => {
    const base = ds();
    for (let epoch = 1; epoch <= 3; epoch++) {
      const [a, b] = [8, 8].map((size) => base.batch(size, 'Twin'));
      await Dataset.zip([a!, b!], 'Zip').count();
      const counts = itemsOf('Twin');
      expect(counts).toEqual([counts[0], counts[0]]);
      expect(counts[0]).toEqual([epoch, 64 * epoch, 8 * epoch]);
      expect(processes('Zip')).toHaveLength(1);
    }
  });

  it('are equal, of one place, and run at the same time', async () => {
    const base = ds();
    const train = async (): Promise<void> => {
      for (let epoch = 0; epoch < 3; epoch++)
        await base
          .batch(8, 'Beside')
          .map(async (batch) => batch, 'Wait')
          .count();
    };
    await Promise.all([train(), train()]);
    const counts = itemsOf('Beside');
    expect(counts).toHaveLength(2);
    expect(counts.reduce((sum, [runs]) => sum + runs!, 0)).toBe(6);
    for (const [runs, itemsIn] of counts) expect(itemsIn).toBe(64 * runs!);
  });

  it('are those that never run, up to a limit per place', () => {
    const base = ds();
    for (let i = 0; i < 1_000; i++) base.batch(8, 'Unused');
    expect(processes('Unused')).toHaveLength(16);
  });

  it('come from another execution of the cell, whose earlier ones are superseded', async () => {
    const host = globalThis as { [HOST_KEY]?: unknown };
    let executionCount = 1;
    host[HOST_KEY] = {
      cell: () => ({ id: 'cell', executionCount, source: 'train' }),
      attach: () => undefined,
    };
    Reflect.deleteProperty(globalThis, SESSION_KEY);
    try {
      for (executionCount = 1; executionCount <= 2; executionCount++)
        for (let epoch = 0; epoch < 3; epoch++) await Dataset.range(4, 'Rows').batch(2, 'Cell').count();
      const found = processes('Cell');
      expect(found.map(({ superseded }) => superseded)).toEqual([true, false]);
      expect(found.map(({ execution }) => execution.runs)).toEqual([3, 3]);
    } finally {
      Reflect.deleteProperty(host, HOST_KEY);
      Reflect.deleteProperty(globalThis, SESSION_KEY);
    }
  });
});

describe('a record that lost equal operations to its limits', () => {
  it('goes on with new ones', async () => {
    provenance.settings.limits.processes = 20;
    for (let i = 0; i < 60; i++)
      await Dataset.range(4, `Rows ${i % 30}`)
        .batch(2, 'Lost')
        .count();
    expect(processes().length).toBeLessThanOrEqual(20);
    for (const { execution } of processes('Lost')) expect(execution).toMatchObject({ state: 'complete' });
  });
});
