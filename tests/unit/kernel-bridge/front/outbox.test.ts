import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from 'stemma-kernel/dist/front/outbox.js';

const frames = (text: string) => [Buffer.from(text)];
const full = Object.assign(new Error('no room'), { code: 'EAGAIN' });

let room: number;
let isLossy: boolean;
let left: string[];
let units: number;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  [room, isLossy, left, units] = [Infinity, false, [], 0];
  outbox = new Outbox({
    send: ([frame]) => {
      if (room === 0 && !isLossy) return Promise.reject(full);
      room -= 1;
      left.push(String(frame));
      return Promise.resolve();
    },
    setLossy: (value) => (isLossy = value),
    onSent: (count) => (units += count),
  });
});
afterEach(() => vi.useRealTimers());

describe('messages to all clients', () => {
  it('leave in order, the first at once', async () => {
    for (const text of ['a', 'b', 'c']) outbox.post(frames(text), 1);
    expect(left).toEqual(['a']);
    await outbox.empty(1_000);
    expect([left, units]).toEqual([['a', 'b', 'c'], 3]);
  });

  it('wait for a client that has no room, and count only once they have left', async () => {
    room = 1;
    for (const text of ['a', 'b', 'c']) outbox.post(frames(text), 10);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([left, units]).toEqual([['a'], 10]);
    room = 5;
    await vi.advanceTimersByTimeAsync(10);
    expect([left, units]).toEqual([['a', 'b', 'c'], 30]);
  });

  it('wait no longer for a client that reads nothing for seconds, and later again', async () => {
    room = 0;
    outbox.post(frames('a'), 1);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(isLossy).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([isLossy, units]).toEqual([true, 1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isLossy).toBe(false);
  });

  it('are not waited for longer than there is time', async () => {
    room = 0;
    outbox.post(frames('a'), 1);
    const ended = outbox.empty(100);
    await vi.advanceTimersByTimeAsync(100);
    await ended;
    expect(left).toEqual([]);
  });
});
