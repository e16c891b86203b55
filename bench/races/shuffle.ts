import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import * as gen from '../peers/generators';
import { loadTfjsData } from '../peers/tfjs-data';

const ITEMS = 1_000_000;
const SEED = 7;

/** All items must come, whatever the order. */
const variant = (name: string, items: number, prepare: () => Promise<(items: number) => unknown>): Variant => ({
  name,
  items,
  prepare: async () => {
    const run = await prepare();
    return () => run(items);
  },
});

/** Fisher and Yates over an array, with the library's own generator of random numbers. */
const handLoop = async () => {
  const { Random } = await import('stemma');
  return (items: number) => {
    const numbers = Array.from({ length: items }, (_, i) => i);
    const random = new Random(SEED);
    let sum = 0;
    for (let i = numbers.length - 1; i >= 0; i--) {
      const j = random.int(i + 1);
      sum += numbers[j]!;
      numbers[j] = numbers[i]!;
    }
    return sum;
  };
};

const withStemma = (mode: Mode) => async () => {
  const { Dataset } = await import('stemma');
  record(mode);
  return async (items: number) => {
    let sum = 0;
    await Dataset.range(items)
      .shuffle({ seed: SEED })
      .forEach((item) => void (sum += item));
    return sum;
  };
};

const tfjsData = async () => {
  const tf = await loadTfjsData();
  return async (items: number) => {
    let sum = 0;
    const numbers = tf.generator(() => gen.range(items)).shuffle(items, String(SEED));
    await numbers.forEachAsync((item) => void (sum += item as unknown as number));
    return sum;
  };
};

export const shuffle: Race = {
  name: 'shuffle',
  title: '(5) shuffle of one million numbers',
  unit: 'ns/item',
  baseline: 'hand loop (Fisher and Yates)',
  variants: [
    variant('hand loop (Fisher and Yates)', ITEMS, handLoop),
    ...MODES.map((mode) => variant(stemma(mode), ITEMS, withStemma(mode))),
    variant('tfjs-data', ITEMS / 10, tfjsData),
  ],
  targets: [],
};
