import { Dataset } from 'stemma';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';

const OPERATORS = 100;
const MIB = 2 ** 20;

/** All that is reachable, with what lies outside of V8's heap. */
function usedBytes(): number {
  // The second time for the array buffers that the first one freed: their bytes are taken off later.
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes in use while the last of `items` items is in the sink. */
async function usedAtTheEnd(items: number): Promise<number> {
  let used = 0;
  await Dataset.range(items)
    .map((x) => ({ x, text: `item ${x}` }))
    .filter(({ x }) => x % 2 === 0)
    .batch(32)
    .forEach((_, index) => {
      if (index === Math.floor(items / 64) - 1) used = usedBytes();
    });
  return used;
}

/** What a graph of 100 operators keeps after a run, in bytes; the samples of images are the largest that there are. */
async function keptByGraph(makeItem: (row: number) => unknown): Promise<number> {
  const before = usedBytes();
  let dataset: Dataset<unknown> = Dataset.range(200).map(makeItem);
  for (let k = 1; k < OPERATORS; k++) dataset = dataset.map((item) => item);
  await dataset.forEach(() => undefined);
  return usedBytes() - before;
}

const photograph = (row: number): unknown => ({
  image: { data: new Float32Array(3 * 224 * 224).fill(row / 200), shape: [3, 224, 224] },
  label: row % 10,
});

export const memory: Check = {
  name: 'memory',
  title: 'Memory',
  measure: async ({ quick }): Promise<Measurement[]> => {
    record('on');
    await usedAtTheEnd(100_000);
    const small = await usedAtTheEnd(100_000);
    const large = await usedAtTheEnd(quick ? 1_000_000 : 10_000_000);
    const text = await keptByGraph((row) => ({ row, text: 'x'.repeat(1000) }));
    const images = await keptByGraph(photograph);
    return [
      { what: 'in use at the end of 100,000 items', measured: small / MIB, unit: 'MiB' },
      {
        what: `more at the end of ${quick ? '1,000,000' : '10,000,000'}`,
        measured: (large - small) / MIB,
        unit: 'MiB',
        atMost: 1,
      },
      { what: `kept by a graph of ${OPERATORS} operators, records`, measured: text / MIB, unit: 'MiB', atMost: 32 },
      { what: `kept by a graph of ${OPERATORS} operators, images`, measured: images / MIB, unit: 'MiB', atMost: 32 },
    ];
  },
};
