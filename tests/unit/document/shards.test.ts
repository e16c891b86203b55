import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, merge, type ProvenanceDocument } from 'stemma';
import { validDocument } from '../../support/schemas';
import { artifactOf, inSession, processOf } from './in-session';
import { soak } from '../../support/soak';

const ITEMS = 1600;
const SHARDS = 8;

/**
 * Every `count`-th row from `index` on: broken rows, optional fields, fields of several types, a seeded shuffle,
 * batches, a reduction.
 */
async function pipeline(index: number, count: number): Promise<void> {
  const rows = Dataset.fromGenerator(function* () {
    for (let row = index; row < ITEMS; row += count) yield row;
  }, 'Rows');
  const records = rows
    .map(
      (row) => {
        if (row % 100 === 3) throw new RangeError(`row ${row} is broken`);
        return {
          row,
          half: row / 2,
          ...(row % 3 === 0 ? { third: row / 3 } : {}),
          tag: row % 5 === 0 ? null : `tag ${row % 7}`,
          vector: new Float32Array(1 + (row % 4)),
        };
      },
      { identifier: 'Parse', onError: 'skip' },
    )
    .filter((record) => record.row % 2 === 0, 'Even');
  await records
    .map((record) => record.half, 'Half')
    .shuffle({ seed: 7, bufferSize: 50, identifier: 'Mix' })
    .batch(10, 'Tens')
    .forEach(() => undefined, 'Train');
  await records.reduce((sum, record) => sum + record.row, 0, 'Sum');
}

const bytes = (document: ProvenanceDocument): string => JSON.stringify(document);

describe('the documents of eight shards', () => {
  let shards: ProvenanceDocument[];
  let whole: ProvenanceDocument;
  let merged: ProvenanceDocument;

  beforeAll(async () => {
    shards = [];
    for (let index = 0; index < SHARDS; index++) shards.push(await inSession(() => pipeline(index, SHARDS)));
    whole = await inSession(() => pipeline(0, 1));
    merged = merge(shards[0]!, ...shards.slice(1));
  });

  it('merge to a valid document that is one graph', () => {
    validDocument(merged);
    const labels = ({ processes }: ProvenanceDocument) => processes.map(({ label }) => label).sort();
    expect(labels(merged)).toEqual(labels(whole));
    expect(merged.runs).toHaveLength(2 * SHARDS);
    expect(merged.contributions!.map(({ session }) => session.id).sort()).toEqual(
      shards.map((s) => s.session.id).sort(),
    );
  });

  it('merge to the same bytes in any order and grouping, and however often each comes', () => {
    const all = bytes(merged);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...Array(SHARDS).keys()], { minLength: SHARDS }),
        fc.array(fc.nat(SHARDS - 1), { maxLength: 3 }),
        fc.nat(SHARDS - 2),
        (order, again, cut) => {
          const [first, ...rest] = [...order, ...again].map((index) => shards[index]!);
          expect(bytes(merge(first!, ...rest))).toBe(all);
          const left = merge(first!, ...rest.slice(0, cut));
          const [middle, ...right] = rest.slice(cut);
          expect(bytes(merge(merge(middle!, ...right), left))).toBe(all);
        },
      ),
      { numRuns: soak(300, 15) },
    );
  });

  it('merge to the same bytes after they were files', () => {
    const [first, ...rest] = shards.map((shard) => JSON.parse(JSON.stringify(shard, null, 2)) as ProvenanceDocument);
    expect(bytes(merge(first!, ...rest))).toBe(bytes(merged));
  });

  it('count together what one run over everything counts', () => {
    for (const label of ['Rows', 'Parse', 'Even', 'Half', 'Mix']) {
      const { itemsIn, itemsOut, skipped, failed, state } = processOf(whole, label).execution;
      expect(processOf(merged, label).execution).toMatchObject({ itemsIn, itemsOut, skipped, failed, state });
      expect(artifactOf(merged, label).execution.items).toBe(itemsOut);
    }
    expect(processOf(merged, 'Parse').execution.skipped).toBe(2 * (ITEMS / 100));
    expect(processOf(merged, 'Train').execution.itemsIn).toBe(
      shards.reduce((n, s) => n + processOf(s, 'Train').execution.itemsIn, 0),
    );
  });

  it('keep the times of all: totals add up, quantiles lie between those of the shards', () => {
    const times = shards.map((shard) => processOf(shard, 'Parse').execution.selfTime!);
    const total = processOf(merged, 'Parse').execution.selfTime!;
    expect(total.totalMs).toBeCloseTo(
      times.reduce((sum, { totalMs }) => sum + totalMs, 0),
      9,
    );
    expect(total.maxMs).toBe(Math.max(...times.map(({ maxMs }) => maxMs)));
    const quantiles = times.map(({ p50Ms }) => p50Ms);
    expect(total.p50Ms).toBeGreaterThanOrEqual(Math.min(...quantiles));
    expect(total.p50Ms).toBeLessThanOrEqual(Math.max(...quantiles));
  });

  it('know the schema of all, and keep a bounded choice of samples from several shards', () => {
    const { schemaText, samples, sampleCount, fields } = artifactOf(merged, 'Parse').execution;
    expect(schemaText).toBe(
      "{half: 'float', row: 'int', tag: 'null' | 'str', third?: 'int', vector: [[1..4],'float32']}",
    );
    expect(sampleCount).toBe(samples.length);
    expect(samples.length).toBeLessThanOrEqual(16);
    expect(new Set(samples.map(({ run }) => run)).size).toBeGreaterThan(2);
    const indices = samples.map(({ index }) => index);
    expect(Math.min(...indices)).toBe(0);
    expect(Math.max(...indices)).toBe(
      Math.max(...shards.flatMap((s) => artifactOf(s, 'Parse').execution.samples.map(({ index }) => index))),
    );
    const row = fields.find(({ path }) => path === 'row')!;
    const parts = shards.map((s) => artifactOf(s, 'Parse').execution.fields.find(({ path }) => path === 'row')!);
    expect(row.min).toBe(Math.min(...parts.map((part) => Number(part.min))));
    expect(row.items).toBe(parts.reduce((n, part) => n + part.items, 0));
  });

  it('are one definition: one hash for each of them, for all of them, and for the whole', () => {
    const hashes = [...shards, merged, whole].map(canonicalHash);
    expect(new Set(hashes).size).toBe(1);
  });
});
