import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Process, TimeSketch, type TimeStatistics, totalProcess } from 'stemma-document';
import { timesTogether, timesTogetherOf } from '../../../views/src/model/times-together';
import { fixture } from '../../panel/fixture';

const [some] = fixture({ progress: 0, count: 1 }).processes as [Process];

function processWith(selfTime: TimeStatistics | null, more: Partial<Process['execution']> = {}): Process {
  return { ...some, execution: { ...some.execution, selfTime, ...more } };
}

/** The statistics of these durations, as the recorder keeps them. */
function statistics(durations: readonly number[]): TimeStatistics {
  const sketch = new TimeSketch();
  durations.forEach((ms) => sketch.add(ms, 1));
  const totalMs = durations.reduce((sum, ms) => sum + ms, 0);
  const maxMs = Math.max(...durations);
  const quantile = (q: number): number => Math.min(sketch.quantile(q), maxMs);
  return {
    totalMs,
    meanMs: totalMs / durations.length,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    maxMs,
    timedItems: durations.length,
    overlapping: false,
    sketch: sketch.toJSON(),
  };
}

const durations = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('the times of several processes together', () => {
  it('are what merging their documents says', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 2, maxLength: 8 }), (all) => {
        const processes = all.map((one) => processWith(statistics(one)));
        const { selfTime } = totalProcess(processes.map(({ execution, ...process }) => ({ ...process, ...execution })));
        expect(timesTogether(processes, 'selfTime')).toEqual({ times: selfTime, of: processes, missing: 0 });
      }),
    );
  });

  it('say of how many processes they are, and how many were timed without telling their distribution', () => {
    const known = [processWith(statistics([1, 2])), processWith(statistics([3]))];
    const { sketch: _, ...quantiles } = statistics([400]);
    const { times, of, missing } = timesTogether([...known, processWith(quantiles), processWith(null)], 'selfTime');
    expect(of).toEqual(known);
    expect(missing).toBe(1);
    expect(times).toMatchObject({ totalMs: 6, maxMs: 3, timedItems: 3 });
  });

  it('are null where no distribution is known, and of one process its own', () => {
    const { sketch: _, ...quantiles } = statistics([4]);
    const alone = processWith(quantiles);
    expect(timesTogether([alone, alone], 'selfTime')).toEqual({ times: null, of: [], missing: 2 });
    expect(timesTogether([alone], 'selfTime')).toEqual({ times: quantiles, of: [alone], missing: 0 });
    expect(timesTogether([processWith(null)], 'selfTime').times).toBeNull();
  });

  it('are of the waits where these are asked for', () => {
    const waiting = [5, 7].map((ms) => processWith(statistics([1]), { waitTime: statistics([ms]) }));
    expect(timesTogether([...waiting, processWith(statistics([1]))], 'waitTime')).toMatchObject({
      times: { totalMs: 12, maxMs: 7 },
      of: waiting,
    });
  });

  it('are merged again only when those of one change', () => {
    let processes = [processWith(statistics([1])), processWith(statistics([2]))];
    const together = timesTogetherOf(() => processes, 'selfTime');
    const before = together();
    processes = processes.map((one) => ({ ...one, execution: { ...one.execution, itemsOut: 9 } }));
    expect(together()).toBe(before);
    processes = [processes[0]!, processWith(statistics([30]))];
    expect(together().times?.maxMs).toBe(30);
    processes = processes.slice(1);
    expect(together().of).toEqual(processes);
  });
});
