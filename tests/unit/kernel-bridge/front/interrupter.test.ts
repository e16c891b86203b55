import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Interrupter } from '../../../../kernel-bridge/src/front/interrupter';
import { SharedState } from '../../../../kernel-bridge/src/threads/shared-state';

let state: SharedState;
let posted: { kind: string; id?: number; execution?: number }[];
let interrupter: Interrupter;
const asked = (): (number | undefined)[] =>
  posted.filter(({ kind }) => kind === 'interrupt').map(({ execution }) => execution);
const answer = (): void => interrupter.pong(Math.max(...posted.map(({ id = 0 }) => id)));

// The state begins in the kernel's own code, which is never torn down.
beforeEach(() => {
  vi.useFakeTimers();
  state = new SharedState();
  posted = [];
  interrupter = new Interrupter(state, (message) => void posted.push(message as never));
});
afterEach(() => void vi.useRealTimers());

it('asks a cell once that ends', () => {
  state.execution = 3;
  interrupter.interrupt();
  answer();
  state.execution = 0;
  vi.advanceTimersByTime(10_000);
  expect(asked()).toEqual([3]);
});

it('asks again as long as the cell has not ended, though the thread replies', () => {
  state.execution = 3;
  interrupter.interrupt();
  answer();
  vi.advanceTimersByTime(250);
  answer();
  vi.advanceTimersByTime(250);
  expect(asked()).toEqual([3, 3, 3]);
  state.execution = 4;
  vi.advanceTimersByTime(10_000);
  expect(asked()).toEqual([3, 3, 3]);
});

it('leaves an idle thread that replies alone', () => {
  interrupter.interrupt();
  answer();
  vi.advanceTimersByTime(10_000);
  expect(asked()).toEqual([0]);
});
