import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { Dataset, type Process, provenance, type ProvenanceDocument } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { soak } from '../../support/soak';
import { validDocument } from '../../support/schemas';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

/** One operation of a random pipeline: on datasets, and what the record is to say of it. */
interface Step {
  name: string;
  dataset(ds: Dataset<number>, label: string): Dataset<number>;
  array(items: number[]): number[];
  /** Items that it leaves out since its function fails on them. */
  skipped?(items: number[]): number;
  /** How many items come in. Default: those of the step before. */
  itemsIn?(items: number[]): number;
  /** How many times it reads what is before it in one run. Default 1. */
  reads?(items: number[]): number;
  /** It reads no more than it needs. */
  limits?: boolean;
  /** What is before it runs only once, whatever the number of runs. */
  keeps?: boolean;
}

const fails = (n: number, k: number): number => {
  if (n % k === 0) throw new Error('no');
  return n;
};
const windows = (a: number[], size: number, shift: number): number[] => {
  const sums: number[] = [];
  for (let i = 0; i + size <= a.length; i += shift) sums.push(a.slice(i, i + size).reduce((x, y) => x + y, 0));
  return sums;
};
const inTurn = (a: number[]): number[] => a.flatMap((n) => [n, n]);
const until = (a: number[], end: (n: number) => boolean): number[] => {
  const at = a.findIndex(end);
  return at < 0 ? a : a.slice(0, at);
};

const k = fc.integer({ min: 1, max: 9 });
const some = fc.integer({ min: 0, max: 40 });
/** Steps of one operation each, which has the label. */
const step: fc.Arbitrary<Step> = fc.oneof(
  k.map((k): Step => ({
    name: `map`,
    dataset: (ds, label) => ds.map((n) => n + k, label),
    array: (a) => a.map((n) => n + k),
  })),
  fc.tuple(k, fc.boolean()).map(([concurrency, ordered]): Step => ({
    name: `async map ${concurrency} ${ordered}`,
    dataset: (ds, identifier) =>
      ds.map(async (n) => (await Promise.resolve(), n), { concurrency, ordered, identifier }),
    array: (a) => a,
  })),
  k.map((k): Step => ({
    name: `skip failing map %${k}`,
    dataset: (ds, identifier) => ds.map((n) => fails(n, k), { identifier, onError: 'skip' }),
    array: (a) => a.filter((n) => n % k !== 0),
    skipped: (a) => a.filter((n) => n % k === 0).length,
  })),
  k.map((k): Step => ({
    name: `skip failing async map %${k}`,
    dataset: (ds, identifier) =>
      ds.map(async (n) => fails(await Promise.resolve(n), k), { identifier, onError: 'skip', concurrency: k }),
    array: (a) => a.filter((n) => n % k !== 0),
    skipped: (a) => a.filter((n) => n % k === 0).length,
  })),
  k.map((k): Step => ({
    name: `filter`,
    dataset: (ds, label) => ds.filter((n) => n % k > 0, label),
    array: (a) => a.filter((n) => n % k > 0),
  })),
  k.map((k): Step => ({
    name: `async filter`,
    dataset: (ds, label) => ds.filter(async (n) => n % k > 0, label),
    array: (a) => a.filter((n) => n % k > 0),
  })),
  fc.constant<Step>({ name: 'tap', dataset: (ds, label) => ds.tap(() => undefined, label), array: (a) => a }),
  fc.constant<Step>({ name: 'flatMap', dataset: (ds, label) => ds.flatMap((n) => [n, n], label), array: inTurn }),
  fc.constant<Step>({
    name: 'flatMap of generators',
    dataset: (ds, label) =>
      ds.flatMap(function* (n) {
        yield n;
        yield n;
      }, label),
    array: inTurn,
  }),
  fc.constant<Step>({
    name: 'flatMap of datasets',
    dataset: (ds, label) => ds.flatMap((n) => Dataset.range(2).map(() => n), label),
    array: inTurn,
  }),
  k.map((cycleLength): Step => ({
    name: `interleave of datasets ${cycleLength}`,
    dataset: (ds, identifier) => ds.interleave((n) => Dataset.fromArray([n, n]), { cycleLength, identifier }),
    array: (a) => inTurn(a),
  })),
  some.map((k): Step => ({
    name: `take ${k}`,
    dataset: (ds, label) => ds.take(k, label),
    array: (a) => a.slice(0, k),
    limits: true,
  })),
  some.map((k): Step => ({
    name: `takeWhile ${k}`,
    dataset: (ds, label) => ds.takeWhile((n) => n < k, label),
    array: (a) => until(a, (n) => n >= k),
    limits: true,
  })),
  some.map((k): Step => ({ name: `skip ${k}`, dataset: (ds, label) => ds.skip(k, label), array: (a) => a.slice(k) })),
  some.map((k): Step => ({
    name: `skipWhile ${k}`,
    dataset: (ds, label) => ds.skipWhile((n) => n < k, label),
    array: (a) => a.slice(until(a, (n) => n >= k).length),
  })),
  fc.constant<Step>({
    name: 'distinct',
    dataset: (ds, label) => ds.distinct(label),
    array: (a) => [...new Set(a)],
  }),
  fc.constant<Step>({
    name: 'scan',
    dataset: (ds, label) => ds.scan(0, (sum, n) => (sum + n) % 97, label),
    array: (a) => {
      let sum = 0;
      return a.map((n) => (sum = (sum + n) % 97));
    },
  }),
  fc.tuple(k, k).map(([size, shift]): Step => ({
    name: `window ${size} ${shift}`,
    dataset: (ds, identifier) =>
      ds.window(size, { shift, dropRemainder: true, identifier }).map((w) => w.reduce((x, y) => x + y, 0)),
    array: (a) => windows(a, size, shift),
  })),
  k.map((size): Step => ({
    name: `batch ${size}`,
    dataset: (ds, label) => ds.batch(size, label).map((batch) => batch.length),
    array: (a) => Array.from({ length: Math.ceil(a.length / size) }, (_, i) => Math.min(size, a.length - i * size)),
  })),
  fc.tuple(k, fc.integer()).map(([bufferSize, seed]): Step => ({
    name: `shuffle ${bufferSize}`,
    dataset: (ds, identifier) => ds.shuffle({ bufferSize, seed, identifier }),
    array: (a) => a,
  })),
  fc.constant<Step>({ name: 'prefetch', dataset: (ds, label) => ds.prefetch(5, label), array: (a) => a }),
  fc.constant<Step>({ name: 'cache', dataset: (ds, label) => ds.cache(label), array: (a) => a, keeps: true }),
  fc.integer({ min: 1, max: 3 }).map((times): Step => ({
    name: `repeat ${times}`,
    dataset: (ds, label) => ds.repeat(times, label),
    array: (a) => Array.from({ length: times }, () => a).flat(),
    itemsIn: (a) => times * a.length,
    // Nothing repeated is nothing: it is not tried again.
    reads: (a) => (a.length === 0 ? 1 : times),
  })),
  fc.constant<Step>({
    name: 'concat',
    dataset: (ds, label) => ds.concat(ds, label),
    array: (a) => [...a, ...a],
    itemsIn: (a) => 2 * a.length,
    reads: () => 2,
  }),
  fc.constant<Step>({
    name: 'zip',
    dataset: (ds, label) => Dataset.zip([ds, ds], label).map(([n]) => n),
    array: (a) => a,
    itemsIn: (a) => 2 * a.length,
    reads: () => 2,
  }),
  fc.constant<Step>({
    name: 'interleave',
    dataset: (ds, label) => Dataset.interleave([ds, ds], label),
    array: inTurn,
    itemsIn: (a) => 2 * a.length,
    reads: () => 2,
  }),
  fc.constant<Step>({
    name: 'through',
    dataset: (ds, label) =>
      ds.through(function* (items) {
        for (const n of items) if (n % 2 === 0) yield n;
      }, label),
    array: (a) => a.filter((n) => n % 2 === 0),
  }),
  fc.constant<Step>({
    name: 'async through',
    dataset: (ds, label) =>
      ds.through(async function* (items) {
        for await (const n of items) yield n;
      }, label),
    array: (a) => a,
  }),
);

/** Changes the order of what follows: on arrays the step then says only how many. */
const reorders = ({ name }: Step): boolean => /shuffle|false|interleave of/.test(name);
/** What depends on the order of the items that come in. */
const ordered = ({ name }: Step): boolean => /take|skip \d|skipWhile|scan|window|batch/.test(name);

const needsSynchronous = ({ name }: Step): boolean => name === 'through';
const isAsynchronous = ({ name }: Step): boolean => /async|prefetch|datasets/.test(name);

const pipelines = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 70 }), fc.array(step, { maxLength: 6 }))
  .filter(
    ([, steps]) =>
      !steps.some((one, i) => ordered(one) && steps.slice(0, i).some(reorders)) &&
      !steps.some((one, i) => needsSynchronous(one) && steps.slice(0, i).some(isAsynchronous)),
  );

type Pipeline = [items: number[], steps: Step[]];

const declare = ([items, steps]: Pipeline): Dataset<number> =>
  steps.reduce((ds, one, i) => one.dataset(ds, `Step ${i}`), Dataset.fromArray(items, 'Source'));

const model = ([items, steps]: Pipeline): number[][] => {
  const streams = [items];
  for (const one of steps) streams.push(one.array(streams.at(-1)!));
  return streams;
};

async function inSession<T>(work: () => Promise<T>): Promise<[T, ProvenanceDocument]> {
  Reflect.deleteProperty(globalThis, SESSION_KEY);
  const result = await work();
  return [result, provenance.document()];
}

const labelled = ({ processes }: ProvenanceDocument, label: string): Process['execution'] =>
  processes.find((process) => process.label === label)!.execution;

/** What holds of every record, however its runs ended. */
function checkSound(document: ProvenanceDocument): void {
  validDocument(document);
  const artifacts = new Map(document.artifacts.map((artifact) => [artifact.id, artifact]));
  for (const { kind, outputs, execution } of document.processes) {
    expect(execution.state).not.toBe('running');
    const artifact = outputs[0] === undefined ? undefined : artifacts.get(outputs[0]);
    if (artifact !== undefined && artifact.kind === 'stream') {
      expect(artifact.execution.items).toBe(execution.itemsOut);
      expect(artifact.execution.schemaItems).toBeLessThanOrEqual(execution.itemsOut);
    }
    if (kind === 'map' || kind === 'filter')
      expect(execution.itemsIn).toBeGreaterThanOrEqual(execution.itemsOut + execution.skipped + execution.failed);
  }
}

/** What each step is to have counted in complete runs. */
function checkCounts(document: ProvenanceDocument, pipeline: Pipeline, runs: number): void {
  const [, steps] = pipeline;
  const streams = model(pipeline);
  let times = runs;
  let isExact = true;
  for (let i = steps.length - 1; i >= 0; i--) {
    const one = steps[i]!;
    const [before, after] = [streams[i]!, streams[i + 1]!];
    const { itemsIn, itemsOut, skipped, failed, state } = labelled(document, `Step ${i}`);
    const of = `${one.name} (step ${i}) of ${steps.map(({ name }) => name).join(' → ')}`;
    // What nobody asked for anything was not opened.
    expect([state === 'new' && !isExact ? 'complete' : state, failed], of).toEqual(['complete', 0]);
    if (isExact) expect(itemsOut, `items out of ${of}`).toBe(times * after.length);
    else expect(itemsOut, `items out of ${of}`).toBeLessThanOrEqual(times * after.length);
    if (one.keeps === true && times > 1) {
      // Two that read it at once both read what is before it; and it is whole only once all was read.
      const inTurn = steps.slice(i + 1).every(({ name }) => !/^zip|^interleave$/.test(name));
      if (isExact && inTurn) times = 1;
      else isExact = false;
    }
    isExact &&= one.limits !== true;
    const came = times * (one.itemsIn?.(before) ?? before.length);
    if (isExact) expect(itemsIn, `items into ${of}`).toBe(came);
    else expect(itemsIn, `items into ${of}`).toBeLessThanOrEqual(came);
    if (isExact) expect(skipped, `skipped by ${of}`).toBe(times * (one.skipped?.(before) ?? 0));
    times *= one.reads?.(before) ?? 1;
  }
  const { itemsOut } = labelled(document, 'Source');
  if (isExact) expect(itemsOut, 'items of the source').toBe(times * streams[0]!.length);
  else expect(itemsOut, 'items of the source').toBeLessThanOrEqual(times * streams[0]!.length);
}

const sorted = (items: number[]): number[] => [...items].sort((a, b) => a - b);

it('the record of complete runs, one, two in turn, or two at once, counts what arrays say', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, fc.constantFrom('one', 'in turn', 'at once'), async (pipeline, how) => {
      const runs = how === 'one' ? 1 : 2;
      const [results, document] = await inSession(async () => {
        const ds = declare(pipeline);
        if (how === 'at once') return Promise.all([ds.toArray(), ds.toArray()]);
        const all: number[][] = [];
        for (let run = 0; run < runs; run++) all.push(await ds.toArray());
        return all;
      });
      const expected = model(pipeline).at(-1)!;
      for (const result of results) expect(sorted(result)).toEqual(sorted(expected));
      checkSound(document);
      expect(document.runs.map(({ state }) => state)).toEqual(results.map(() => 'complete'));
      const sink = document.processes.find(({ role }) => role === 'sink')!;
      expect(sink.execution.itemsIn).toBe(runs * expected.length);
      if (how !== 'at once' || !pipeline[1].some(({ keeps }) => keeps)) checkCounts(document, pipeline, runs);
    }),
    { numRuns: soak(3000, 60) },
  );
});

it('the record of a loop that breaks counts what the loop had, and no more than there is', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, fc.integer({ min: 1, max: 30 }), async (pipeline, most) => {
      const [had, document] = await inSession(async () => {
        const items: number[] = [];
        for await (const n of declare(pipeline)) if (items.push(n) >= most) break;
        return items;
      });
      const streams = model(pipeline);
      expect(had).toHaveLength(Math.min(most, streams.at(-1)!.length));
      checkSound(document);
      const [run] = document.runs;
      expect(run!.state).toBe(had.length === most ? 'stopped' : 'complete');
      expect(document.processes.find(({ role }) => role === 'sink')!.execution.itemsIn).toBe(had.length);
      pipeline[1].forEach((one, i) => {
        const { itemsOut, state, failure } = labelled(document, `Step ${i}`);
        expect([state, failure], one.name).toEqual([run!.state, null]);
        const times = pipeline[1].reduce(
          (product, { reads }, j) => (j > i ? product * (reads?.(streams[j]!) ?? 1) : product),
          1,
        );
        expect(itemsOut, one.name).toBeLessThanOrEqual(times * streams[i + 1]!.length);
      });
    }),
    { numRuns: soak(2000, 40) },
  );
});

it('the record of a run that fails names the operation, the item, and what came before it', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, pipelines, fc.nat(40), async ([items, before], [, after], at) => {
      const asynchronous = before.some(isAsynchronous);
      const behind = after.filter((one) => !(asynchronous && needsSynchronous(one)));
      const [error, document] = await inSession(async () => {
        let calls = 0;
        const fail = (n: number): number => {
          if (calls++ === at) throw new RangeError('over');
          return n;
        };
        const ds = declare([items, before]).map(fail, 'Fails');
        return behind
          .reduce((d, one, i) => one.dataset(d, `Behind ${i}`), ds)
          .toArray()
          .then(
            () => null,
            (thrown: unknown) => thrown as Error,
          );
      });
      checkSound(document);
      const [run] = document.runs;
      const { execution } = document.processes.find(({ label }) => label === 'Fails')!;
      expect(run!.state).toBe(error === null ? 'complete' : 'failed');
      // What reads ahead may have failed on an item that nobody wanted in the end.
      if (error === null) return void expect(['complete', 'new']).toContain(execution.state);
      expect(execution.failed).toBe(1);
      expect(error.message).toContain('map "Fails" failed at item');
      expect([run!.failure!.name, run!.failure!.message]).toEqual(['RangeError', 'over']);
      expect(execution.state).toBe('failed');
      // Read twice at once, it works on two streams.
      if (behind.every(({ reads }) => reads === undefined)) expect(execution.itemsOut).toBe(at);
      // None of the others failed.
      for (const { label, execution: other } of document.processes)
        if (label !== 'Fails') expect([label, other.failed, other.state]).toEqual([label, 0, 'stopped']);
    }),
    { numRuns: soak(2000, 40) },
  );
});

it('nothing is counted where nothing is recorded, from the declaration on or only in the run', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, fc.boolean(), async (pipeline, declared) => {
      const [result, document] = await inSession(async () => {
        try {
          provenance.recording = declared;
          const ds = declare(pipeline);
          provenance.recording = !declared;
          return await ds.toArray();
        } finally {
          provenance.recording = true;
        }
      });
      expect(sorted(result)).toEqual(sorted(model(pipeline).at(-1)!));
      validDocument(document);
      expect(document.runs).toEqual([]);
      for (const { execution } of document.processes)
        expect([execution.runs, execution.itemsIn, execution.itemsOut]).toEqual([0, 0, 0]);
    }),
    { numRuns: soak(1000, 30) },
  );
});
