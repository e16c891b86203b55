import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { batchingOf, formatExact, lossOf } from 'stemma-document';
import { artifactOf, inSession, processOf } from './in-session';

describe('what steps lose', () => {
  it('is what fails, and what filters and distinct leave out', async () => {
    const document = await inSession(() =>
      Dataset.range(100, 'Rows')
        .map(
          (n) => {
            if (n % 25 === 3) throw new RangeError('bad');
            return n % 10;
          },
          { identifier: 'Last digit', onError: 'skip' },
        )
        .filter(async (n) => n > 0, 'Not round')
        .distinct('Once')
        .batch(2, 'Pairs')
        .forEach(() => undefined, 'Use'),
    );
    const loss = (label: string) => lossOf(processOf(document, label));
    expect(loss('Last digit')).toEqual({ skipped: 4, dropped: 0 });
    expect(loss('Rows')).toEqual({ skipped: 0, dropped: 0 });
    expect(loss('Pairs')).toEqual({ skipped: 0, dropped: 0 });
    // 96 digits: ten rows of each but the four that failed, all of which end with 3 or 8.
    expect(loss('Not round')).toEqual({ skipped: 0, dropped: 10 });
    expect(loss('Once')).toEqual({ skipped: 0, dropped: 96 - 10 - 9 });
    const short = await inSession(() => Dataset.range(100, 'Rows').take(5, 'Five').count());
    expect(lossOf(processOf(short, 'Five'))).toEqual({ skipped: 0, dropped: 0 });
    const whole = await inSession(() =>
      Dataset.range(100, 'Rows')
        .filter((n) => n % 4 === 0, 'Fours')
        .count(),
    );
    expect(lossOf(processOf(whole, 'Fours'))).toEqual({ skipped: 0, dropped: 75 });
  });

  it('batches are distinguished from items, also behind steps that keep them', async () => {
    const document = await inSession(async () => {
      const batches = Dataset.range(100, 'Rows')
        .batch(10, 'Tens')
        .map((batch) => batch, 'Same');
      await batches.unbatch('Apart').count();
      await batches.count();
    });
    const graph = {
      processes: new Map(document.processes.map((process) => [process.id, process])),
      artifacts: new Map(document.artifacts.map((artifact) => [artifact.id, artifact])),
    };
    const batching = (label: string) => batchingOf(artifactOf(document, label), graph)?.label ?? null;
    expect(['Rows', 'Tens', 'Same', 'Apart'].map(batching)).toEqual([null, 'Tens', 'Tens', null]);
  });

  it('exact values have all their digits', () => {
    expect([7840000, 0.1289861956092194, 1.03e6, 1e21, null].map(formatExact)).toEqual([
      '7,840,000',
      '0.1289861956092194',
      '1,030,000',
      '1e+21',
      '–',
    ]);
  });
});
