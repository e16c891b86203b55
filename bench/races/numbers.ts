import type { Tensor } from '@tensorflow/tfjs-core';
import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import * as gen from '../peers/generators';
import { HELPERS_FLAGS, withHelpers } from '../peers/iterator-helpers';
import { loadTfjsData } from '../peers/tfjs-data';
import { asIs, BATCH, type Chain, FUNCTIONS, type Functions, megamorphic, total, totalAsync, unseen } from './numeric';

const ITEMS = 1_000_000;

/** What an own loop over own functions costs: here V8 sees each of them. */
const inlinedLoop: Variant = {
  name: 'hand loop, inlined',
  items: ITEMS,
  prepare: async () => () => handLoop(ITEMS, FUNCTIONS),
};

function handLoop(items: number, { first, second, keep }: Functions): number {
  let sum = 0;
  let batch: number[] = [];
  for (let i = 0; i < items; i++) {
    const value = second(first(i));
    if (!keep(value)) continue;
    batch.push(value);
    if (batch.length < BATCH) continue;
    sum += batch[0]!;
    batch = [];
  }
  return batch.length > 0 ? sum + batch[0]! : sum;
}

const stemmaChain = async (mode: Mode): Promise<Chain> => {
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

/**
 * As where a cell has just been run: the others' functions were called by the runs before, as an epoch's are by the
 * epochs before it.
 */
const atFirst =
  (chain: Chain): Chain =>
  (items, functions) =>
    chain(items, unseen(functions));

const generators =
  (): Chain =>
  (items, { first, second, keep }) =>
    total(gen.batch(gen.filter(gen.map(gen.map(gen.range(items), first), second), keep), BATCH));

const iteratorHelpers =
  (): Chain =>
  (items, { first, second, keep }) =>
    total(gen.batch(withHelpers(gen.range(items)).map(first).map(second).filter(keep), BATCH));

const asyncGenerators =
  (): Chain =>
  (items, { first, second, keep }) =>
    totalAsync(
      gen.batchAsync(gen.filterAsync(gen.mapAsync(gen.mapAsync(gen.rangeAsync(items), first), second), keep), BATCH),
    );

const ixSync = async (): Promise<Chain> => {
  const { from } = await import('ix/iterable');
  const { map, filter, buffer } = await import('ix/iterable/operators');
  return (items, { first, second, keep }) =>
    total(
      from(gen.range(items)).pipe(
        map((x) => first(x)),
        map((x) => second(x)),
        filter((x) => keep(x)),
        buffer(BATCH),
      ),
    );
};

const ixAsync = async (): Promise<Chain> => {
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

const tfjsData = async (): Promise<Chain> => {
  const tf = await loadTfjsData();
  return async (items, { first, second, keep }) => {
    let sum = 0;
    await tf
      .generator(() => gen.range(items))
      .map(first)
      .map(second)
      .filter(keep)
      .batch(BATCH)
      .forEachAsync((batch) => {
        const tensor = batch as Tensor;
        sum += tensor.dataSync()[0]!;
        tensor.dispose();
      });
    return sum;
  };
};

const nodeStreams = async (): Promise<Chain> => {
  const { Readable } = await import('node:stream');
  return (items, { first, second, keep }) =>
    totalAsync(
      gen.batchAsync(
        Readable.from(gen.range(items)).map(first).map(second).filter(keep) as AsyncIterable<number>,
        BATCH,
      ),
    );
};

export const numbers: Race = {
  name: 'numbers',
  title: '(1) map → map → filter → batch(32), one million numbers',
  unit: 'ns/item',
  baseline: 'hand loop, megamorphic',
  variants: [
    inlinedLoop,
    megamorphic('hand loop, megamorphic', ITEMS, () => handLoop, asIs),
    ...MODES.map((mode) => megamorphic(stemma(mode), ITEMS, () => stemmaChain(mode), asIs)),
    megamorphic('hand loop, functions never called before', ITEMS, () => atFirst(handLoop), asIs),
    megamorphic(
      `${stemma('on')}, functions never called before`,
      ITEMS,
      async () => atFirst(await stemmaChain('on')),
      asIs,
    ),
    megamorphic('sync generators', ITEMS, generators, asIs),
    megamorphic('iterator helpers', ITEMS, iteratorHelpers, asIs, HELPERS_FLAGS),
    megamorphic('async generators', ITEMS, asyncGenerators, asIs),
    megamorphic('IxJS, sync', ITEMS, ixSync, asIs),
    megamorphic('IxJS, async', ITEMS / 10, ixAsync, asIs),
    megamorphic('tfjs-data', ITEMS / 10, tfjsData, asIs),
    megamorphic('Node streams', ITEMS / 10, nodeStreams, asIs),
  ],
  targets: [
    { text: 'at most 2 × the megamorphic hand loop', of: stemma('on'), against: 'hand loop, megamorphic', atMost: 2 },
    { text: 'at least 2 × faster than sync generators', of: stemma('on'), against: 'sync generators', atMost: 1 / 2 },
    { text: 'at least 2 × faster than iterator helpers', of: stemma('on'), against: 'iterator helpers', atMost: 1 / 2 },
    { text: 'at least 100 × faster than tfjs-data', of: stemma('on'), against: 'tfjs-data', atMost: 1 / 100 },
  ],
};
