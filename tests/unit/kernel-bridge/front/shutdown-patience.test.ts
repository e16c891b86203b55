import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShutdownPatience } from '../../../../kernel-bridge/src/front/shutdown-patience';

let events: string[] = [];
let patience: ShutdownPatience;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  const note = (what: string) => (): void => void events.push(`${what} ${performance.now() - begun}`);
  const begun = performance.now();
  patience = new ShutdownPatience(note('blocked'), note('lost'));
});

afterEach(() => void vi.useRealTimers());

it('interrupts what says nothing for a second, and gives it up before Jupyter would kill it', () => {
  patience.start();
  vi.advanceTimersByTime(10_000);
  expect(events).toEqual(['blocked 1000', 'lost 4000']);
});

it('waits while there is activity, but not forever', () => {
  patience.start();
  patience.start();
  for (let ms = 0; ms < 10_000; ms += 400) {
    vi.advanceTimersByTime(400);
    patience.heard();
  }
  expect(events).toEqual(['blocked 2600', 'lost 4000']);
});

it('does nothing once it is stopped, or where it never began', () => {
  patience.heard();
  patience.start();
  vi.advanceTimersByTime(500);
  patience.stop();
  patience.heard();
  vi.advanceTimersByTime(10_000);
  expect(events).toEqual([]);
});
