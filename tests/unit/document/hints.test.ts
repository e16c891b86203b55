import { describe, expect, it } from 'vitest';
import { Dataset, type ProvenanceDocument } from 'stemma';
import { hintsOf } from 'stemma-document';
import { summaryOf } from '../../../lib/src/cli/summary';
import { inSession } from './in-session';

const hintsIn = (document: ProvenanceDocument): string[] => {
  const source = {
    processes: new Map(document.processes.map((process) => [process.id, process])),
    artifacts: new Map(document.artifacts.map((artifact) => [artifact.id, artifact])),
  };
  return document.processes.flatMap((process) => hintsOf(process, source).map((hint) => `${process.label} ${hint}`));
};
const numbers = (n = 1000): Dataset<number> => Dataset.range(n, 'Numbers');

describe('hints', () => {
  it('are about filters that keep everything or nothing', async () => {
    const run = (keep: (n: number) => boolean, n?: number) =>
      inSession(() =>
        numbers(n)
          .filter(keep, 'Kept')
          .forEach(() => undefined),
      );
    expect(hintsIn(await run(() => true))).toEqual([
      'Kept keeps all 1,000 items: check its condition, unless it only guards',
    ]);
    expect(hintsIn(await run(() => false))).toEqual(['Kept keeps none of 1,000 items: check its condition']);
    expect(hintsIn(await run((n) => n > 0))).toEqual([]);
    expect(hintsIn(await run(() => true, 50))).toEqual([]);
    expect(
      hintsIn(
        await inSession(() =>
          numbers(0)
            .filter(() => true)
            .count(),
        ),
      ),
    ).toEqual([]);
  });

  it('are about a shuffle that cannot mix items which come dataset after dataset', async () => {
    const run = (bufferSize: number | undefined) =>
      inSession(() =>
        Dataset.concat(numbers(300), numbers(300))
          .map((n) => n + 1, 'More')
          .shuffle({ seed: 1, identifier: 'Mix', ...(bufferSize === undefined ? {} : { bufferSize }) })
          .forEach(() => undefined),
      );
    expect(hintsIn(await run(64))[0]).toMatch(/^Mix has a buffer of 64 for 600 items, which concat reads one dataset/);
    expect(hintsIn(await run(600))).toEqual([]);
    expect(hintsIn(await run(undefined))).toEqual([]);
    const mixedBefore = await inSession(() =>
      Dataset.concat(numbers(300), numbers(300)).shuffle({ seed: 1 }).shuffle({ seed: 2, bufferSize: 64 }).count(),
    );
    expect(hintsIn(mixedBefore)).toEqual([]);
  });

  it('are about a cache that is read once, until it is read again', async () => {
    const run = (times: number) =>
      inSession(async () => {
        const cached = numbers().cache({ identifier: 'Kept' });
        for (let i = 0; i < times; i++) await cached.forEach(() => undefined);
      });
    expect(hintsIn(await run(1))[0]).toMatch(/^Kept has been read only once: /);
    expect(hintsIn(await run(2))).toEqual([]);
  });

  it('are about items that no batch has, in one run as in several', async () => {
    const run = (dropRemainder: boolean, times = 1) =>
      inSession(async () => {
        const batches = numbers().batch(32, { dropRemainder, identifier: 'Batch' });
        for (let i = 0; i < times; i++) await batches.forEach(() => undefined);
      });
    const one = 'Batch leaves out the last 8 of 1,000 items, which do not fill a batch of 32';
    expect(hintsIn(await run(true))).toEqual([one]);
    expect(hintsIn(await run(false))).toEqual([]);
    // The table of the command line has the counts of the latest run, and so have its hints.
    expect(summaryOf(await run(true, 3))).toContain(`\nhint: batch "${one.replace(' ', '" ')}`);
  });

  it('say nothing of runs that did not reach their end', async () => {
    const document = await inSession(async () => {
      for await (const n of numbers().filter(() => true)) if (n === 500) break;
    });
    expect(hintsIn(document)).toEqual([]);
  });
});
