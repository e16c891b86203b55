import type { Race } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import * as gen from '../peers/generators';
import { loadTfjsData } from '../peers/tfjs-data';
import { BATCH, type Chain, type Functions, megamorphic, totalAsync } from './numeric';

const ITEMS = 1_000_000;

type AsyncChain = Chain<Promise<number>>;

const firstAsync = ({ first, ...rest }: Functions): Functions<Promise<number>> => ({
  ...rest,
  first: async (x) => first(x),
});

/** One call after the other, as a person writes it first. */
const awaitingLoop =
  (): AsyncChain =>
  async (items, { first, second, keep }) => {
    let sum = 0;
    let batch: number[] = [];
    for (let i = 0; i < items; i++) {
      const value = second(await first(i));
      if (!keep(value)) continue;
      batch.push(value);
      if (batch.length < BATCH) continue;
      sum += batch[0]!;
      batch = [];
    }
    return batch.length > 0 ? sum + batch[0]! : sum;
  };

const stemmaChain = async (mode: Mode): Promise<AsyncChain> => {
  const { Dataset } = await import('stemma');
  record(mode);
  return async (items, { first, second, keep }) => {
    let sum = 0;
    await Dataset.range(items)
      .map(first)
      .map(second)
      .filter(keep)
      .batch(BATCH)
      .forEach((batch) => void (sum += batch[0]!));
    return sum;
  };
};

const asyncGenerators =
  (): AsyncChain =>
  (items, { first, second, keep }) =>
    totalAsync(
      gen.batchAsync(gen.filterAsync(gen.mapAsync(gen.mapAsync(gen.rangeAsync(items), first), second), keep), BATCH),
    );

const ixAsync = async (): Promise<AsyncChain> => {
  const { from } = await import('ix/asynciterable');
  const { map, filter, buffer } = await import('ix/asynciterable/operators');
  return (items, { first, second, keep }) =>
    totalAsync(
      from(gen.rangeAsync(items)).pipe(
        map((x) => first(x)),
        map((x) => second(x)),
        filter((x) => keep(x)),
        buffer(BATCH),
      ),
    );
};

/** Without tensors: `mapAsync` would leak one for each item. */
const tfjsData = async (): Promise<AsyncChain> => {
  const tf = await loadTfjsData();
  return async (items, { first, second, keep }) => {
    const numbers = tf
      .generator(() => gen.range(items))
      .mapAsync(first as never)
      .map(second as never)
      .filter(keep as never);
    let sum = 0;
    let count = 0;
    await numbers.forEachAsync((value) => {
      if (count++ % BATCH === 0) sum += value as unknown as number;
    });
    return sum;
  };
};

const nodeStreams = async (): Promise<AsyncChain> => {
  const { Readable } = await import('node:stream');
  return (items, { first, second, keep }) => {
    const numbers = Readable.from(gen.range(items)).map(first, { concurrency: 8 }).map(second).filter(keep);
    return totalAsync(gen.batchAsync(numbers as AsyncIterable<number>, BATCH));
  };
};

export const oneAsync: Race = {
  name: 'one-async',
  title: '(2) the same with one asynchronous map (Stemma and streams: eight calls under way)',
  unit: 'ns/item',
  baseline: 'async generators',
  variants: [
    megamorphic('loop that awaits', ITEMS, awaitingLoop, firstAsync),
    ...MODES.map((mode) => megamorphic(stemma(mode), ITEMS, () => stemmaChain(mode), firstAsync)),
    megamorphic('async generators', ITEMS, asyncGenerators, firstAsync),
    megamorphic('IxJS, async', ITEMS / 20, ixAsync, firstAsync),
    megamorphic('tfjs-data, mapAsync', ITEMS / 20, tfjsData, firstAsync),
    megamorphic('Node streams', ITEMS / 20, nodeStreams, firstAsync),
  ],
  targets: [
    { text: 'at least 3 × faster than async generators', of: stemma('on'), against: 'async generators', atMost: 1 / 3 },
  ],
};
