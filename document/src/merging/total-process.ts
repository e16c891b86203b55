import { compareText } from '../json/canonical-json';
import type { BufferLevels, ProcessExecution, State } from '../model/document';
import type { ProcessContribution } from '../model/contribution';
import { mergeTimes } from '../sketches/merge-times';

/** What happened at a process in all sessions, from what happened in each; they come in the order of the sessions. */
export function totalProcess(all: readonly ProcessContribution[]): Omit<ProcessExecution, 'skippedItems'> {
  const sum = (count: (one: ProcessContribution) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  const known = <T>(values: readonly (T | null)[]): T[] => values.filter((value): value is T => value !== null);
  const extreme = (values: readonly (string | null)[], sign: 1 | -1): string | null =>
    known(values)
      .sort()
      .at(sign === 1 ? -1 : 0) ?? null;
  const sumKnown = (values: readonly (number | null)[]): number | null =>
    values.every((value) => value === null) ? null : known(values).reduce((a, b) => a + b, 0);
  const firstItems = known(all.map(({ firstItemMs }) => firstItemMs));
  return {
    state: totalState(all.map(({ state }) => state)),
    runs: sum(({ runs }) => runs),
    itemsIn: sum(({ itemsIn }) => itemsIn),
    itemsOut: sum(({ itemsOut }) => itemsOut),
    skipped: sum(({ skipped }) => skipped),
    failed: sum(({ failed }) => failed),
    startedAt: extreme(
      all.map(({ startedAt }) => startedAt),
      -1,
    ),
    endedAt: all.some(({ state }) => state === 'running')
      ? null
      : extreme(
          all.map(({ endedAt }) => endedAt),
          1,
        ),
    ...concurrencyOf(all),
    selfTime: mergeTimes(known(all.map(({ selfTime }) => selfTime))),
    awaitTime: mergeTimes(known(all.map(({ awaitTime }) => awaitTime ?? null))),
    waitMs: sumKnown(all.map(({ waitMs }) => waitMs)),
    waitTime: mergeTimes(known(all.map(({ waitTime }) => waitTime ?? null))),
    firstItemMs: firstItems.length === 0 ? null : Math.min(...firstItems),
    bufferedItems: sumKnown(all.map(({ bufferedItems }) => bufferedItems)),
    bufferLevels: totalLevels(known(all.map(({ bufferLevels }) => bufferLevels ?? null))),
    failure: all.find(({ failure }) => failure !== null)?.failure ?? null,
    ...agreedFiles(all),
    ...allOf(all, 'metrics'),
    ...allOf(all, 'commands'),
    ...(all.length === 1 && all[0]!.latestRun !== undefined ? { latestRun: all[0]!.latestRun } : {}),
  };
}

/** What each session lists. */
function allOf<K extends 'metrics' | 'commands'>(
  all: readonly ProcessContribution[],
  name: K,
): Pick<ProcessExecution, K> {
  const lists = all.flatMap((one): unknown[] => one[name] ?? []);
  return (lists.length === 0 ? {} : { [name]: lists }) as Pick<ProcessExecution, K>;
}

/** What all sessions read that know it. */
function agreedFiles(all: readonly ProcessContribution[]): Pick<ProcessExecution, 'files'> {
  const known = all.flatMap(({ files }) => files ?? []);
  return new Set(known.map(({ sha256 }) => sha256)).size === 1 ? { files: known[0]! } : {};
}

function concurrencyOf(all: readonly ProcessContribution[]): Pick<ProcessExecution, 'concurrency'> {
  const most = Math.max(1, ...all.map(({ concurrency = 1 }) => concurrency));
  return most === 1 ? {} : { concurrency: most };
}

function totalLevels(all: readonly BufferLevels[]): BufferLevels | null {
  if (all.length <= 1) return all[0] ?? null;
  const readings = all.reduce((total, one) => total + one.readings, 0);
  const sum = all.reduce((total, one) => total + one.mean * one.readings, 0);
  return { readings, mean: readings === 0 ? 0 : sum / readings, max: Math.max(...all.map(({ max }) => max)) };
}

/** Known states by what they tell: one shard that failed makes the whole failed. */
const QUIET: readonly State[] = ['stopped', 'complete', 'new'];
const TELLING: readonly State[] = ['failed', 'aborted', 'running'];

/** A state that only later versions know tells more than `complete`, and less than `running`. */
function totalState(states: readonly State[]): State {
  const find = (known: readonly State[]): State | undefined => known.find((state) => states.includes(state));
  const others = states.filter((state) => !QUIET.includes(state)).sort(compareText);
  return find(TELLING) ?? others[0] ?? find(QUIET) ?? 'new';
}
