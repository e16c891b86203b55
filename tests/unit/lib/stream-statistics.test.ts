import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { merge, statisticsBasis } from 'stemma-document';
import { FairChoice } from '../../../lib/src/recorder/observing/fair-choice';
import { FieldSample } from '../../../lib/src/recorder/observing/field-sample';
import { Sampler } from '../../../lib/src/recorder/observing/sampler';
import { DEFAULT_LIMITS } from '../../../lib/src/recorder/settings/settings';
import { artifactOf, inSession } from '../document/in-session';

const RUN = { id: 'r1', startedMs: 0, describeOrigins: () => ({ origins: [], omitted: 0 }), looked: () => undefined };
const POLICY = { keep: true, redact: null };

/** Hands items to a sampler in chunks, as the engine does. */
function pass(sampler: Sampler, items: readonly unknown[], sizes: () => number, run = RUN): void {
  sampler.begin();
  for (let at = 0; at < items.length;) {
    const values = items.slice(at, at + sizes());
    if ((sampler.wait -= values.length) < 0) sampler.observe({ values, originAt: () => null }, at, run);
    at += values.length;
  }
  sampler.settle(run, new Set());
}

describe('statistics of a stream', () => {
  it('are of all items where there are few, however they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 256 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 3 }),
        (items, sizes, runs) => {
          const sampler = new Sampler('Numbers', POLICY);
          let turn = 0;
          // 256 in all: beyond, what looking takes decides.
          const part = items.slice(0, Math.max(1, Math.floor(items.length / runs)));
          for (let run = 0; run < runs; run++)
            pass(sampler, part, () => sizes[turn++ % sizes.length]!, { ...RUN, id: `r${run}` });
          const [field] = sampler.fields(true);
          const all = Array.from({ length: runs }, () => part).flat();
          expect(field).toMatchObject({
            items: all.length,
            missing: 0,
            min: Math.min(...all),
            max: Math.max(...all),
            distinct: new Set(all).size,
          });
          expect(field!.mean).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 6);
          expect(field!.histogram!.counts.reduce((a, b) => a + b, 0)).toBe(all.length);
        },
      ),
    );
  });

  /** Each third of a stream is a third of the sample: the error of 80 samples of at least 128 is far below a tenth. */
  it('treat early items like late ones, in streams of any length and over several runs', () => {
    for (const [length, runs] of [
      [3_000, 1],
      [40_000, 1],
      [4_000, 3],
    ] as const) {
      let sum = 0;
      for (let round = 0; round < 80; round++) {
        const sampler = new Sampler('Numbers', POLICY);
        for (let run = 0; run < runs; run++)
          pass(
            sampler,
            Array.from({ length }, (_, i) => (i + run * length) / (length * runs)),
            () => 512,
            { ...RUN, id: `r${run}` },
          );
        const { items, mean } = sampler.fields(false)[0]!;
        expect(items).toBeLessThanOrEqual(512);
        expect(items).toBeGreaterThan(64);
        sum += mean!;
      }
      expect(sum / 80).toBeGreaterThan(0.48);
      expect(sum / 80).toBeLessThan(0.52);
    }
  });

  it('are fair after they gave memory back', () => {
    const sampler = new Sampler('Numbers', POLICY);
    pass(
      sampler,
      Array.from({ length: 5_000 }, (_, i) => i),
      () => 512,
    );
    sampler.relieve();
    const [field] = sampler.fields(false);
    expect(field!.items).toBeLessThanOrEqual(256);
    expect(field!.items).toBeGreaterThan(32);
    pass(
      sampler,
      Array.from({ length: 5_000 }, (_, i) => i),
      () => 512,
      { ...RUN, id: 'r2' },
    );
    expect(sampler.fields(false)[0]!.items).toBeLessThanOrEqual(512);
  });

  it('hold on to no item, and to a bounded number of names', () => {
    const fields = new FieldSample(DEFAULT_LIMITS);
    for (let i = 0; i < 10_000; i++) fields.add({ [`name ${i}`]: {} });
    expect(fields.more).toBe(true);
    expect(fields.statistics()).toEqual([]);
  });

  it('choose each position with the chance of its rate', () => {
    const choice = new FairChoice();
    let rows = Array.from({ length: 4_000 }, (_, i) => i);
    for (let level = 1; level <= 2; level++) rows = choice.halve(rows.length, 4_000).map((row) => rows[row]!);
    expect(rows.length).toBeGreaterThan(800);
    expect(rows.length).toBeLessThan(1_200);
    let looks = 0;
    while (choice.next < 8_000) {
      expect(choice.next).toBeGreaterThanOrEqual(4_000);
      choice.advance(choice.next);
      looks++;
    }
    expect(looks).toBeGreaterThan(800);
    expect(looks).toBeLessThan(1_200);
  });

  it('are marked as of all items, or of a sample of n', async () => {
    const run = (items: number) =>
      inSession(() =>
        Dataset.range(items, 'Rows')
          .map((row) => ({ label: row < items / 2 ? 0 : 9 }), 'Labels')
          .count(),
      );
    const few = artifactOf(await run(200), 'Labels').execution;
    expect(statisticsBasis(few)).toEqual({ items: 200, of: 200, isAll: true });
    expect(few.fields).toMatchObject([{ distinct: 2 }]);
    expect(few.fields[0]!.mean).toBeCloseTo(4.5, 9);
    const many = artifactOf(await run(20_000), 'Labels').execution;
    expect(statisticsBasis(many)).toMatchObject({ of: 20_000, isAll: false });
    // The first half of the stream is zeros: statistics of the first items would never see a nine.
    expect(many.fields).toMatchObject([{ min: 0, max: 9, distinct: 2 }]);
  });

  it('count each session by the length of its stream when documents are merged', async () => {
    const labels = (items: number, label: number) =>
      inSession(() =>
        Dataset.fromGenerator(function* () {
          for (let i = 0; i < items; i++) yield { label };
        }, 'Rows').count(),
      );
    const merged = artifactOf(merge(await labels(100, 0), await labels(19_900, 1)), 'Rows').execution;
    const [field] = merged.fields;
    expect(merged.items).toBe(20_000);
    expect(field!.mean).toBeCloseTo(0.995, 9);
    expect(field!.items).toBeLessThan(1_000);
  });

  it('are none where samples are not kept', async () => {
    provenance.settings.samples = false;
    try {
      await Dataset.range(5, 'Hidden rows').count();
    } finally {
      provenance.settings.samples = true;
    }
    const { artifacts } = provenance.document();
    expect(statisticsBasis(artifacts.at(-1)!.execution)).toBeNull();
  });
});
