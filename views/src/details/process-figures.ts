import { formatCount, kindOf, lossOfAll, type Process } from 'stemma-document';
import type { Translate, ViewContext } from '../elements/context';
import { FigureGrid, type Tone } from '../elements/figure-grid';
import type { TimesTogether } from '../model/times-together';
import type { DetailsPart } from './process-subject';

/** What the figures are computed from at one moment. */
interface Snapshot {
  processes: readonly Process[];
  /** Those that read the input of the node. */
  first: readonly Process[];
  /** Those that write its output. */
  last: readonly Process[];
  selfTimes: TimesTogether;
}

/** One figure of the details. */
interface ProcessFigure {
  name(trans: Translate): string;
  /** What the name means, in a sentence. */
  meaning(trans: Translate): string;
  /** Null where it is not known. */
  value(now: Snapshot, context: ViewContext): string | null;
  tone?(now: Snapshot): Tone;
}

type Execution = Process['execution'];

/** The values of all processes that have one. */
const all = <T>({ processes }: Snapshot, of: (execution: Execution) => T | null | undefined): T[] =>
  processes.flatMap(({ execution }) => of(execution) ?? []);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const skipped = (now: Snapshot): number => sum(all(now, (execution) => execution.skipped));
const failed = (now: Snapshot): number => sum(all(now, (execution) => execution.failed));

/** Null where there are no numbers. */
const known = (numbers: readonly number[], of: (numbers: readonly number[]) => number): number | null =>
  numbers.length > 0 ? of(numbers) : null;

const least = (numbers: readonly number[]): number => Math.min(...numbers);

/** A duration of all processes together. */
const duration =
  (of: (execution: Execution) => number | null | undefined, together = sum): ProcessFigure['value'] =>
  (now, { durations }) => {
    const ms = known(all(now, of), together);
    return ms === null ? null : durations.format(ms);
  };

const FIGURES: readonly ProcessFigure[] = [
  {
    name: (trans) => trans.__('items in'),
    meaning: (trans) => trans.__('Items that came to the step'),
    value: ({ first }) =>
      first.every(({ role }) => role === 'source')
        ? null
        : formatCount(sum(first.map(({ execution }) => execution.itemsIn))),
  },
  {
    name: (trans) => trans.__('items out'),
    meaning: (trans) => trans.__('Items that the step emitted'),
    value: ({ last }) =>
      last.every(({ role }) => role === 'sink')
        ? null
        : formatCount(sum(last.map(({ execution }) => execution.itemsOut))),
  },
  {
    name: (trans) => trans.__('dropped'),
    meaning: (trans) => trans.__('Items that the step left out by what they are'),
    value: ({ processes }) =>
      processes.some(({ kind }) => kindOf(kind)?.drops) ? formatCount(lossOfAll(processes).dropped) : null,
  },
  {
    name: (trans) => trans.__('skipped'),
    meaning: (trans) => trans.__("Items that failed and were left out, since the step has onError: 'skip'"),
    value: (now) => formatCount(skipped(now)),
    tone: (now) => (skipped(now) > 0 ? 'warn' : 'plain'),
  },
  {
    name: (trans) => trans.__('failed'),
    meaning: (trans) => trans.__('Items whose failure ended the run'),
    value: (now) => formatCount(failed(now)),
    tone: (now) => (failed(now) > 0 ? 'error' : 'plain'),
  },
  {
    name: (trans) => trans.__('mean per item'),
    meaning: (trans) => trans.__('Self time for each item, on average'),
    value: (now, { durations }) => {
      const times = all(now, ({ selfTime }) => selfTime);
      const items = sum(times.map(({ meanMs, totalMs }) => (meanMs > 0 ? totalMs / meanMs : 0)));
      return items > 0 ? durations.format(sum(times.map(({ totalMs }) => totalMs)) / items) : null;
    },
  },
  {
    name: (trans) => trans.__('p95, all runs'),
    meaning: (trans) => trans.__('95 % of the items of all runs took at most this long'),
    value: (now, { durations }) => {
      const times = all(now, ({ selfTime }) => selfTime);
      // Without a common distribution, the slowest process gives an upper bound.
      const p95Ms = now.selfTimes.times?.p95Ms;
      return times.length > 0 ? durations.format(p95Ms ?? Math.max(...times.map((one) => one.p95Ms))) : null;
    },
  },
  {
    name: (trans) => trans.__('self time'),
    meaning: (trans) => trans.__('Time in this step alone, without what is before it, over all of its items'),
    value: duration(({ selfTime }) => selfTime?.totalMs),
  },
  {
    name: (trans) => trans.__('await time'),
    meaning: (trans) =>
      trans.__('For how long its calls waited for what they had asked for; calls at the same time add up'),
    value: duration(({ awaitTime }) => awaitTime?.totalMs),
  },
  {
    name: (trans) => trans.__('wait time'),
    meaning: (trans) => trans.__('Time in which the step waited for items'),
    value: duration((execution) => execution.waitMs),
  },
  {
    name: (trans) => trans.__('first item'),
    meaning: (trans) => trans.__('From the start of the run to the first item that the step emitted'),
    value: duration(({ firstItemMs }) => firstItemMs, least),
  },
  {
    name: (trans) => trans.__('buffered'),
    meaning: (trans) => trans.__('Items that the step holds back now'),
    value: (now) => {
      const items = known(
        all(now, ({ bufferedItems }) => bufferedItems),
        sum,
      );
      return items === null ? null : formatCount(items);
    },
  },
];

/** Counts and times of a process, or of all processes of a group together. */
export const processFigures: DetailsPart = (host, context, subject) => {
  const grid = new FigureGrid();
  host.append(grid.element);
  return {
    update: () => {
      const now = { processes: subject.processes(), ...subject.ends(), selfTimes: subject.selfTimes() };
      for (const { name, value, tone, meaning } of FIGURES) {
        grid.set(name(context.trans), value(now, context) ?? '–', tone?.(now), meaning(context.trans));
      }
    },
    dispose: () => undefined,
  };
};
