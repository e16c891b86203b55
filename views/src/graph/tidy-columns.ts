import type { Extent } from './node-box';
import type { Rows } from './tidy-order';

const SWEEPS = 9;

/**
 * Where each point of ordered rows stands across the flow: as near to its neighbours as the order and the widths of its
 * row allow. `pull`: how strongly two points that are joined pull at each other; only the strongest count.
 */
export function columns(
  { rows, above, below }: Rows,
  extents: readonly Extent[],
  pull: (one: number, other: number) => number,
): number[] {
  const across: number[] = [];
  /** From the first point of its row, where all stand as close as can be. */
  const offsets: number[] = [];
  for (const row of rows) {
    row.forEach((point, i) => {
      const before = row[i - 1];
      offsets[point] =
        before === undefined
          ? 0
          : (offsets[before] as number) + (extents[before] as Extent).right + (extents[point] as Extent).left;
    });
    const middle = (offsets[row[row.length - 1] as number] ?? 0) / 2;
    row.forEach((point) => (across[point] = (offsets[point] as number) - middle));
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    const neighbours = isDown ? above : below;
    for (const row of isDown ? rows : [...rows].reverse()) {
      const wishes = row.map((point) => {
        const strongest = Math.max(0, ...(neighbours[point] as number[]).map((other) => pull(point, other)));
        const near = (neighbours[point] as number[]).filter((other) => pull(point, other) === strongest);
        const wish = near.length > 0 ? lowerMedian(near.map((other) => across[other] as number)) : across[point];
        return (wish as number) - (offsets[point] as number);
      });
      rising(wishes).forEach((value, i) => {
        const point = row[i] as number;
        across[point] = value + (offsets[point] as number);
      });
    }
  }
  return across;
}

/**
 * Values near the wishes of which none is below the one before. Where wishes contradict each other, their median
 * counts, so that as many as can be are met exactly.
 */
function rising(wishes: readonly number[]): number[] {
  const blocks: { wishes: number[]; value: number }[] = [];
  for (const wish of wishes) {
    let block = { wishes: [wish], value: wish };
    for (let last = blocks.pop(); last; last = blocks.pop()) {
      if (last.value <= block.value) {
        blocks.push(last);
        break;
      }
      const all = [...last.wishes, ...block.wishes].sort((a, b) => a - b);
      block = { wishes: all, value: all[all.length >> 1] as number };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ wishes: { length }, value }) => new Array<number>(length).fill(value));
}

/** A parent stands over the first of two children, as the first of them stands below it. */
function lowerMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] as number;
}
