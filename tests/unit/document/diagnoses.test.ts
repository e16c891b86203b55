import { describe, expect, it } from 'vitest';
import { Dataset, merge, type ProvenanceDocument } from 'stemma';
import { summaryOf } from '../../../lib/src/cli/summary';
import { type Figures, diagnosisOf } from 'stemma-document';
import { validDocument } from '../../support/schemas';
import { inSession, processOf } from './in-session';

const figures = (label: string, totalMs: number | null, more: Partial<Figures> = {}): Figures => ({
  kind: 'map',
  label,
  selfTime: totalMs === null ? null : { totalMs, meanMs: totalMs / 100, overlapping: false },
  awaitTime: null,
  waitMs: null,
  concurrency: 1,
  ...more,
});
/** A hundred calls, eight at a time. */
const calling = (label: string, selfMs: number, awaitMs: number): Figures =>
  figures(label, selfMs, {
    concurrency: 8,
    selfTime: { totalMs: selfMs, meanMs: selfMs / 100, overlapping: true },
    awaitTime: { totalMs: awaitMs, meanMs: awaitMs / 100 },
  });
const sink = (totalMs: number, waitMs: number): Figures => figures('train', totalMs, { kind: 'forEach', waitMs });
const waiting = sink(10, 90);

describe('the sentence on what a run spends its time on', () => {
  it.each<[string, Figures, Figures[], string | null]>([
    ['nothing was timed', sink(0, 0), [figures('a', 5)], null],
    ['nothing but the wait was timed', waiting, [figures('a', null)], null],
    ['there are no steps', waiting, [], null],
    [
      'the sink takes more than it waits',
      sink(60, 40),
      [figures('a', 40)],
      'The pipeline keeps up: 60 % of the time is spent in your own code in forEach "train".',
    ],
    [
      'a step dominates',
      waiting,
      [figures('a', 20), figures('b', 60)],
      'Map "b" is the bottleneck: 75 % of the pipeline\'s self time, 600 µs per item.',
    ],
    [
      'no step does',
      waiting,
      ['a', 'b', 'c'].map((label) => figures(label, 20)),
      'No single step dominates: the slowest, map "a", takes 33 % of the pipeline\'s self time.',
    ],
    [
      'calls wait at the same time',
      waiting,
      [figures('a', 20), calling('b', 10, 320)],
      'Map "b" is the bottleneck: 71 % of the pipeline\'s time, 3.30 ms per item, mostly waiting (8 at a time; a higher concurrency may help).',
    ],
    [
      'calls compute at the same time',
      waiting,
      [figures('a', 20), calling('b', 70, 80)],
      'Map "b" is the bottleneck: 80 % of the pipeline\'s time, 1.50 ms per item, mostly computing (a higher concurrency does not help, worker threads may).',
    ],
    [
      'one call waits after the other',
      waiting,
      [figures('a', 20, { awaitTime: { totalMs: 80, meanMs: 0.8 } })],
      'Map "a" is the bottleneck: 100 % of the pipeline\'s time, 1.00 ms per item, mostly waiting.',
    ],
    [
      'the own code of the sink waits',
      figures('train', 10, { kind: 'forEach', waitMs: 40, awaitTime: { totalMs: 50, meanMs: 0.5 } }),
      [figures('a', 20)],
      'The pipeline keeps up: 60 % of the time is spent in your own code in forEach "train".',
    ],
  ])('where %s', (_, of, steps, expected) => {
    expect(diagnosisOf(of, steps)).toBe(expected);
  });
});

/** A shard in which the steps have these self times, in milliseconds. */
async function shard(first: number, second: number): Promise<ProvenanceDocument> {
  const document = await inSession(() =>
    Dataset.range(4)
      .map((n) => n, 'First')
      .map(async (n) => n, { identifier: 'Second', concurrency: 4 })
      .forEach(() => undefined, 'Train'),
  );
  for (const { execution } of document.processes) if (execution.selfTime !== null) execution.selfTime.totalMs = 0;
  processOf(document, 'First').execution.selfTime!.totalMs = first;
  processOf(document, 'Second').execution.awaitTime!.totalMs = 4 * second;
  processOf(document, 'Train').execution.waitMs = 1000;
  document.runs[0]!.diagnosis =
    first > second ? 'Map "First" is the bottleneck: said by one.' : 'Map "Second" is the bottleneck: said by one.';
  return document;
}

describe('the sentence of merged shards', () => {
  it('is one, from the figures of all, in the document and by the CLI', async () => {
    const shards = [await shard(60, 40), await shard(40, 60), await shard(35, 65)];
    expect(new Set(shards.map(({ runs }) => runs[0]!.diagnosis)).size).toBe(2);
    const merged = merge(shards[0]!, ...shards.slice(1));
    validDocument(merged);
    expect(processOf(merged, 'Second').execution.concurrency).toBe(4);
    const sentences = new Set(merged.runs.map(({ diagnosis }) => diagnosis));
    expect([...sentences]).toEqual([
      expect.stringMatching(/^Map "Second" is the bottleneck: 55 % of the pipeline's time, .* \(4 at a time; .*\)\.$/),
    ]);
    expect(summaryOf(merged).split('\n').slice(-1)).toEqual([...sentences]);
    expect(summaryOf(merged).match(/bottleneck/g)).toHaveLength(1);
  });
});

it('several sinks have a sentence each, which names them; those of a loop have one', async () => {
  const document = await inSession(async () => {
    const rows = Dataset.range(3);
    for (let epoch = 0; epoch < 3; epoch++) await rows.forEach(() => undefined, 'Train');
    await rows.map((n) => n, 'Half').count('Count');
  });
  document.runs.forEach((run, index) => {
    run.diagnosis = `Sentence ${index}.`;
    run.durationMs = index;
  });
  expect(summaryOf(document).split('\n').slice(-2)).toEqual([
    'count "Count": Sentence 3.',
    'forEach "Train": Sentence 2.',
  ]);
});
