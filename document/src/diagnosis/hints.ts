import { kindOf } from '../kinds/kinds';
import type { RecordMaps } from '../runs/shown-runs';
import type { Process } from '../model/document';
import { formatCount } from '../wording/number';

/** What is around a step. */
type HintSource = Pick<RecordMaps, 'processes' | 'artifacts'>;

/** Of fewer items a filter may well keep all, or a shuffle none in another place. */
const FEW = 100;

/**
 * What may not be meant, in sentences for people: a filter that keeps everything or nothing, a shuffle that looks at a
 * part of items that come class by class, a cache that nobody reads again, a remainder that no batch has. Not a
 * problem: the step does what it says. The figures are those of `process`, in one run or in all; empty before it is
 * complete.
 */
export function hintsOf(process: Process, source: HintSource): string[] {
  const hint = process.execution.state === 'complete' ? HINTS[process.kind]?.(process, source) : null;
  return hint ? [hint] : [];
}

type Hint = (process: Process, source: HintSource) => string | null;

const HINTS: { readonly [kind: string]: Hint | undefined } = {
  filter: ({ execution: { itemsIn, itemsOut, skipped, failed } }) => {
    const judged = itemsIn - skipped - failed;
    if (itemsOut === 0 && judged > 0) return `keeps none of ${formatCount(judged)} items: check its condition`;
    return itemsOut === judged && judged >= FEW
      ? `keeps all ${formatCount(judged)} items: check its condition, unless it only guards`
      : null;
  },
  shuffle: (process, source) => {
    const { bufferSize } = process.options;
    const length = source.artifacts.get(process.inputs[0] ?? '')?.length;
    const items = length?.kind === 'exact' && 'items' in length ? length.items : process.execution.itemsIn;
    const joined = joinedBefore(process, source);
    return typeof bufferSize === 'number' && bufferSize < items && items >= FEW && joined !== null
      ? `has a buffer of ${formatCount(bufferSize)} for ${formatCount(items)} items, which ${joined} reads one dataset after ` +
          `the other: those of the last come late. Shuffle all of them, before what makes items large`
      : null;
  },
  cache: ({ execution: { runs, itemsOut } }) =>
    runs === 1 && itemsOut >= FEW
      ? `has been read only once: it saves time from the second pass on, and keeps ${formatCount(itemsOut)} items until then`
      : null,
  batch: ({ options: { size, dropRemainder }, execution: { itemsIn, itemsOut } }) => {
    const left = typeof size === 'number' ? itemsIn - itemsOut * size : 0;
    return dropRemainder === true && left > 0
      ? `leaves out the last ${formatCount(left)} of ${formatCount(itemsIn)} items, which do not fill a batch of ${size as number}`
      : null;
  },
};

/** The step before that reads several datasets one after the other, where nothing in between changes the order. */
function joinedBefore(process: Process, { artifacts, processes }: HintSource): string | null {
  let before = processes.get(artifacts.get(process.inputs[0] ?? '')?.producer ?? '');
  while (before !== undefined && kindOf(before.kind)?.keepsOrder === true) {
    before = processes.get(artifacts.get(before.inputs[0] ?? '')?.producer ?? '');
  }
  if (before?.kind !== 'concat' || before.inputs.length < 2) return null;
  return before.label === before.kind ? before.kind : `concat "${before.label}"`;
}
