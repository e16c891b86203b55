import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Busy, BusyWatch } from '../../../../kernel-bridge/src/live/busy-watch';

const BEGIN = 1_000_000;
const cell = { id: 'c', executionCount: 3 };
const atRest: Busy = { cell: null, busySinceMs: null, blockedSinceMs: null };

let pings: number[];
let told: Busy[];
let watch: BusyWatch;

beforeEach(() => {
  vi.useFakeTimers({ now: BEGIN });
  [pings, told] = [[], []];
  watch = new BusyWatch({ ping: (id) => pings.push(id), onChange: (busy) => told.push(busy) });
  watch.begin(cell);
});
afterEach(() => {
  watch.end();
  vi.useRealTimers();
});

describe('while a cell runs', () => {
  it('a short one is not worth a message', () => {
    vi.advanceTimersByTime(200);
    watch.end();
    expect([pings, told]).toEqual([[], []]);
  });

  it('it counts as busy since it began while the event loop turns', () => {
    for (let i = 0; i < 8; i++) {
      vi.advanceTimersByTime(250);
      watch.pong(pings.at(-1)!);
    }
    expect(told).toEqual([{ cell, busySinceMs: BEGIN, blockedSinceMs: null }]);
    watch.end();
    expect(told.at(-1)).toEqual(atRest);
  });

  it('it counts as blocked since it began where the event loop has not turned since', () => {
    vi.advanceTimersByTime(2_000);
    expect(watch.current).toEqual({ cell, busySinceMs: BEGIN, blockedSinceMs: BEGIN });
    expect(pings).toEqual([1]);
  });

  it('it counts as blocked since the event loop turned for the last time', () => {
    vi.advanceTimersByTime(260);
    watch.pong(1);
    vi.advanceTimersByTime(2_000);
    expect(watch.current.blockedSinceMs).toBe(BEGIN + 260);
    watch.pong(2);
    vi.advanceTimersByTime(250);
    expect(watch.current.blockedSinceMs).toBeNull();
  });

  it('an answer to a question of an earlier cell shows nothing', () => {
    vi.advanceTimersByTime(250);
    watch.end();
    watch.begin(cell);
    vi.advanceTimersByTime(250);
    watch.pong(1);
    vi.advanceTimersByTime(1_000);
    expect(watch.current.blockedSinceMs).toBe(BEGIN + 250);
  });
});
