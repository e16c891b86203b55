import { inspect } from 'node:util';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Dataset, decodeImage, PipelineError, provenance } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const image = join(folder, 'picture.png');
writeFileSync(image, 'no image');

const throws = (): never => {
  throw new Error('thrown');
};
const range = Dataset.range(4);

/** Pipelines that fail, each in another way; every line declares and runs its own. */
const FAILURES: { [what: string]: () => Promise<unknown> } = {
  'a function': () => range.map(throws).toArray(),
  'an asynchronous function': () => range.map(async () => Promise.resolve().then(throws)).count(),
  'a filter': () => range.filter(throws).count(),
  'a source': () => Dataset.fromGenerator(throws).toArray(),
  'a batch': () => range.map((n) => (n === 1 ? { n } : n)).batch(4).toArray(), // prettier-ignore
  'a window': () => range.map((n) => (n === 1 ? { n } : n)).window(4, { collate: true }).toArray(), // prettier-ignore
  'a decoder': () => Dataset.fromArray([image]).map((path) => decodeImage(path)).toArray(), // prettier-ignore
  'a flatMap': () => range.flatMap(() => Dataset.range(2).map(throws)).toArray(),
  'a stream': () => range.through(async function* () { yield await Promise.reject(new Error('thrown')); }).toArray(), // prettier-ignore
  'a sink': () => range.reduce(throws, 0),
  'a forEach': () => range.forEach(async () => Promise.resolve().then(throws)),
  'a zip': () => Dataset.zip([range, range.filter((n) => n > 2)]).toArray(),
  'a key of a split': () => range.split({ a: 0.5, b: 0.5 }, { stratify: throws }).a.toArray(),
  'a repetition': () => range.map(throws).repeat(2).prefetch(2).toArray(),
};

describe('the stack of a pipeline error', () => {
  afterEach(() => void (provenance.recording = true));

  it.each(
    Object.entries(FAILURES).flatMap(([what, run]) => [
      [`${what} fails`, true, run] as const,
      [`${what} fails and nothing is recorded`, false, run] as const,
    ]),
  )('has calls of the user alone where %s', async (_, recording, run) => {
    provenance.recording = recording;
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PipelineError);
    const frames = (error as Error).stack!.split('\n').filter((line) => line.startsWith('    at '));
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) expect(frame).toContain('calls.test.ts:');
  });

  it('is captured once where nothing is recorded, not for each dataset that a function makes', async () => {
    provenance.recording = false;
    const capture = vi.spyOn(Error, 'captureStackTrace');
    const ds = Dataset.range(50).flatMap((n) => Dataset.range(2).map((x) => n + x));
    expect(await ds.count()).toBe(100);
    expect(capture).toHaveBeenCalledTimes(1);
    capture.mockRestore();
  });

  it('says where it was declared before where it was run', async () => {
    const declare = () => range.map(throws);
    const run = (dataset: Dataset<unknown>) => dataset.toArray();
    const error = (await run(declare()).catch((thrown: unknown) => thrown)) as Error;
    const frames = error.stack!.split('\n').filter((line) => line.startsWith('    at '));
    expect(frames[0]).toContain('at declare ');
    expect(frames.findIndex((frame) => frame.includes('at run '))).toBeGreaterThan(0);
    expect(inspect(error)).not.toContain('lib/dist/engine/run');
  });
});

describe('values that are nested too deeply', () => {
  let deep: unknown = [];
  for (let i = 0; i < 20_000; i++) deep = [deep];
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  const refusals: [string, unknown, (dataset: Dataset<unknown>) => Dataset<unknown>][] = [
    ['batch', cyclic, (dataset) => dataset.batch(2)],
    ['batch', deep, (dataset) => dataset.batch(2)],
    ['paddedBatch', deep, (dataset) => dataset.paddedBatch(2)],
    ['window', cyclic, (dataset) => dataset.window(2, { collate: true })],
    ['unbatch', cyclic, (dataset) => dataset.unbatch()],
    ['distinct', cyclic, (dataset) => dataset.distinct()],
    ['cache', deep, (dataset) => dataset.cache({ folder, key: 'deep' })],
  ];

  it.each(refusals)('are an error of %s with the reason', async (kind, item, operate) => {
    const items = Dataset.fromArray<unknown>([item, item]);
    await expect(operate(items).toArray()).rejects.toThrow(
      new RegExp(`^${kind} .*(nested too deeply, or contains itself|nested more than 100 deep, or contains itself)`),
    );
  });

  it('pass through what does not look into them', async () => {
    expect(await Dataset.fromArray([deep, cyclic]).cache().shuffle({ seed: 1 }).count()).toBe(2);
  });

  it('a chain of too many operations names its length', async () => {
    let chain: Dataset<number> = range;
    for (let i = 0; i < 4_900; i++) chain = chain.filter(() => true);
    await expect(chain.count()).rejects.toThrow('expected fewer operations in a row, got 4901 up to filter');
    expect(() => {
      for (let i = 0; i < 200; i++) chain = chain.map((n) => n);
    }).toThrow('expected fewer operations in a row, got 5001 up to map');
  });
});
