import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StreamJoiner } from '../../../../kernel-bridge/src/front/stream-joiner';

const cell = (id: string) => ({ msg_id: id, msg_type: 'execute_request', session: 's' });
let sent: string[];
let joiner: StreamJoiner;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  joiner = new StreamJoiner((name, text, parent) => sent.push(`${name} of ${parent?.msg_id ?? 'nobody'}: ${text}`));
  vi.advanceTimersByTime(1_000);
});
afterEach(() => vi.useRealTimers());

describe('printed text', () => {
  it('leaves at once after a pause, and joined while it comes in quick succession', () => {
    for (const text of ['a', 'b', 'c']) joiner.add('stdout', text, cell('1'));
    expect(sent).toEqual(['stdout of 1: a']);
    vi.advanceTimersByTime(20);
    expect(sent).toEqual(['stdout of 1: a', 'stdout of 1: bc']);
  });

  it('is not joined over streams or cells', () => {
    joiner.add('stdout', 'a', cell('1'));
    joiner.add('stdout', 'b', cell('1'));
    joiner.add('stderr', 'c', cell('1'));
    joiner.add('stderr', 'd', cell('2'));
    joiner.add('stderr', 'e', null);
    joiner.flush();
    expect(sent.slice(1)).toEqual(['stdout of 1: b', 'stderr of 1: c', 'stderr of 2: d', 'stderr of nobody: e']);
  });

  it('leaves once there is much of it', () => {
    joiner.add('stdout', 'a', null);
    joiner.add('stdout', 'b'.repeat(64 * 1024), null);
    expect(sent).toHaveLength(2);
  });

  it('leaves before what comes next when it is flushed, and nothing leaves twice', () => {
    joiner.add('stdout', 'a', null);
    joiner.add('stdout', 'b', null);
    joiner.flush();
    joiner.flush();
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(['stdout of nobody: a', 'stdout of nobody: b']);
  });
});
