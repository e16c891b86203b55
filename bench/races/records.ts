import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import * as gen from '../peers/generators';
import { HELPERS_FLAGS, withHelpers } from '../peers/iterator-helpers';
import { loadTfjsData } from '../peers/tfjs-data';

const ITEMS = 50_000;
const PIXELS = 28 * 28;
const BATCH = 32;

interface Item {
  image: Float32Array;
  label: number;
}
interface Batch {
  image: Float32Array[];
  label: number[];
}

const make = (i: number): Item => ({ image: new Float32Array(PIXELS).fill(i % 256), label: i % 10 });
const scale = ({ image, label }: Item): Item => ({ image: image.map((value) => value / 255), label });
const centre = ({ image, label }: Item): Item => {
  let sum = 0;
  for (let i = 0; i < PIXELS; i++) sum += image[i]!;
  const mean = sum / PIXELS;
  const centred = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) centred[i] = image[i]! - mean + 1;
  return { image: centred, label };
};
const notSeven = ({ label }: Item): boolean => label !== 7;

/** Records become a record of columns. */
const collate = (items: readonly Item[]): Batch => ({
  image: items.map(({ image }) => image),
  label: items.map(({ label }) => label),
});

/** Something of each batch, so that none can be left out. */
const look = ({ image, label }: Batch): number => image[0]![5]! + label.length;

const variant = (
  name: string,
  items: number,
  prepare: () => Promise<(items: number) => unknown>,
  nodeOptions: readonly string[] = [],
): Variant => ({
  name,
  items,
  nodeOptions,
  prepare: async () => {
    const run = await prepare();
    return () => run(items);
  },
});

const handLoop = async () => (items: number) => {
  let sum = 0;
  let batch: Item[] = [];
  for (let i = 0; i < items; i++) {
    const item = centre(scale(make(i)));
    if (!notSeven(item)) continue;
    batch.push(item);
    if (batch.length < BATCH) continue;
    sum += look(collate(batch));
    batch = [];
  }
  return batch.length > 0 ? sum + look(collate(batch)) : sum;
};

const withStemma = (mode: Mode) => async () => {
  const { Dataset } = await import('stemma');
  record(mode);
  return async (items: number) => {
    let sum = 0;
    await Dataset.range(items)
      .map(make)
      .map(scale)
      .map(centre)
      .filter(notSeven)
      .batch(BATCH)
      .forEach((batch) => void (sum += look(batch)));
    return sum;
  };
};

const generators = async () => (items: number) => {
  let sum = 0;
  const kept = gen.filter(gen.map(gen.map(gen.map(gen.range(items), make), scale), centre), notSeven);
  for (const batch of gen.batch(kept, BATCH)) sum += look(collate(batch));
  return sum;
};

const iteratorHelpers = async () => (items: number) => {
  let sum = 0;
  const kept = withHelpers(gen.range(items)).map(make).map(scale).map(centre).filter(notSeven);
  for (const batch of gen.batch(kept, BATCH)) sum += look(collate(batch));
  return sum;
};

const asyncGenerators = async () => async (items: number) => {
  const made = gen.mapAsync(gen.mapAsync(gen.mapAsync(gen.rangeAsync(items), make), scale), centre);
  let sum = 0;
  for await (const batch of gen.batchAsync(gen.filterAsync(made, notSeven), BATCH)) sum += look(collate(batch));
  return sum;
};

const ixSync = async () => {
  const { from } = await import('ix/iterable');
  const { map, filter, buffer } = await import('ix/iterable/operators');
  return (items: number) => {
    let sum = 0;
    for (const batch of from(gen.range(items)).pipe(
      map(make),
      map(scale),
      map(centre),
      filter(notSeven),
      buffer(BATCH),
    ))
      sum += look(collate(batch));
    return sum;
  };
};

const ixAsync = async () => {
  const { from } = await import('ix/asynciterable');
  const { map, filter, buffer } = await import('ix/asynciterable/operators');
  return async (items: number) => {
    const kept = from(gen.rangeAsync(items)).pipe(
      map((i) => make(i)),
      map((item) => scale(item)),
      map((item) => centre(item)),
      filter((item) => notSeven(item)),
      buffer(BATCH),
    );
    let sum = 0;
    for await (const batch of kept) sum += look(collate(batch));
    return sum;
  };
};

/** With plain arrays in place of tensors: those on its CPU backend would cost several times as much. */
const tfjsData = async () => {
  const tf = await loadTfjsData();
  return async (items: number) => {
    const kept = tf
      .generator(() => gen.range(items))
      .map(make as never)
      .map(scale as never)
      .map(centre as never)
      .filter(notSeven as never);
    let sum = 0;
    let batch: Item[] = [];
    await kept.forEachAsync((item) => {
      if (batch.push(item as unknown as Item) < BATCH) return;
      sum += look(collate(batch));
      batch = [];
    });
    return batch.length > 0 ? sum + look(collate(batch)) : sum;
  };
};

const nodeStreams = async () => {
  const { Readable } = await import('node:stream');
  return async (items: number) => {
    let sum = 0;
    const kept = Readable.from(gen.range(items)).map(make).map(scale).map(centre).filter(notSeven);
    for await (const batch of gen.batchAsync(kept as AsyncIterable<Item>, BATCH)) sum += look(collate(batch));
    return sum;
  };
};

export const records: Race = {
  name: 'records',
  title: '(3) records { image: Float32Array(784), label }: make → scale → centre → filter → batch(32)',
  unit: 'ns/item',
  baseline: 'hand loop',
  variants: [
    variant('hand loop', ITEMS, handLoop),
    ...MODES.map((mode) => variant(stemma(mode), ITEMS, withStemma(mode))),
    variant('sync generators', ITEMS, generators),
    variant('iterator helpers', ITEMS, iteratorHelpers, HELPERS_FLAGS),
    variant('async generators', ITEMS, asyncGenerators),
    variant('IxJS, sync', ITEMS, ixSync),
    variant('IxJS, async', ITEMS / 5, ixAsync),
    variant('tfjs-data', ITEMS / 10, tfjsData),
    variant('Node streams', ITEMS / 10, nodeStreams),
  ],
  targets: [{ text: 'recording costs at most 1 %', of: stemma('on'), against: stemma('off'), atMost: 1.01 }],
};
