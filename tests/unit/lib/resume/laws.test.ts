import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dataset, type IteratorState, provenance } from 'stemma';
import { soak } from '../../../support/soak';
import { allSteps, build, fastSteps, type Spec } from './pipelines';

const specs = (names: readonly string[]): fc.Arbitrary<Spec> =>
  fc
    .record({
      items: fc.integer({ min: 0, max: 60 }),
      epochs: fc.integer({ min: 0, max: 2 }),
      concurrency: fc.constantFrom(1, 4),
      steps: fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 9 })), { maxLength: 5 }),
    })
    .filter(({ steps }) => !splitsBehindThrough(steps.map(([name]) => name)));

/** Which is refused. */
const splitsBehindThrough = (names: string[]): boolean =>
  names.some((name, i) => name.startsWith('split') && names.slice(0, i).includes('through'));

beforeAll(() => void (provenance.recording = false));
afterAll(() => void (provenance.recording = true));

/** The first items, and where the iterator is then. */
async function first(ds: Dataset<number>, count: number, resume?: IteratorState): Promise<[number[], IteratorState]> {
  const iterator = ds.iterate(resume === undefined ? {} : { resume });
  const items: number[] = [];
  while (items.length < count) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    items.push(value);
  }
  const state = JSON.parse(JSON.stringify(iterator.state())) as IteratorState;
  await iterator.return!();
  return [items, state];
}

async function started(spec: Spec): Promise<Dataset<number>> {
  const ds = build(spec);
  for (let epoch = 0; epoch < spec.epochs; epoch++) await ds.count();
  return ds;
}

for (const [what, names] of [
  ['the operations that go on by themselves', fastSteps],
  ['all operations', allSteps],
] as const)
  it(`broken off anywhere, twice, a pipeline of ${what} gives what it gives in one piece`, async () => {
    await fc.assert(
      fc.asyncProperty(specs(names), fc.nat({ max: 80 }), fc.nat({ max: 30 }), async (spec, at, more) => {
        const whole = await started(spec);
        const all: number[] = [];
        for await (const item of whole) all.push(item);
        const [before, state] = await first(await started(spec), at);
        expect(before).toEqual(all.slice(0, at));
        const [between, next] = await first(build(spec), more, state);
        expect(between).toEqual(all.slice(before.length).slice(0, more));
        const resumed = build(spec);
        const [after] = await first(resumed, Infinity, next);
        expect(after).toEqual(all.slice(before.length + between.length));
        // The epochs go on, too.
        expect(await resumed.toArray()).toEqual(await whole.toArray());
      }),
      { numRuns: soak(3000, 150) },
    );
  });
