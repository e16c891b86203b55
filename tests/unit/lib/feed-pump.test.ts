import { describe, expect, it } from 'vitest';
import { Session } from '../../../lib/src/recorder/session';
import { FeedPump, type News } from '../../../lib/src/live/feed-pump';

const HOUR_MS = 3_600_000;

function pumped() {
  const session = new Session(undefined);
  const declare = (label: string) =>
    session.declare(
      { kind: 'range', role: 'source', label, inputs: [], uses: [], options: {} },
      { kind: 'stream', length: { kind: 'unknown' } },
    );
  const told: string[][] = [];
  const waits: number[] = [];
  const pump = new FeedPump({
    session,
    intervalMs: () => HOUR_MS,
    later: (waitMs) => waits.push(waitMs),
    onNews: ({ patch }: News) => told.push(patch.processes.map(({ label }) => label)),
  });
  pump.start();
  return { session, declare, told, waits, pump };
}

const microtasks = () => new Promise((resolve) => setImmediate(resolve));

describe('the pump of a feed', () => {
  it('tells once of all that is declared at a time', async () => {
    const { declare, told } = pumped();
    declare('a');
    declare('b');
    expect(told).toEqual([]);
    await microtasks();
    expect(told).toEqual([['a', 'b']]);
  });

  it('tells a few times in a row, then says when to take', async () => {
    const { declare, told, waits, pump } = pumped();
    for (const label of ['a', 'b', 'c', 'd', 'e', 'f']) {
      declare(label);
      await microtasks();
    }
    expect(told).toEqual([['a'], ['b'], ['c'], ['d']]);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(HOUR_MS / 2);
    expect(pump.take()!.patch.processes.map(({ label }) => label)).toEqual(['e', 'f']);
  });

  it('tells before a run begins, without waiting for a turn', async () => {
    const { session, declare, told } = pumped();
    declare('a');
    session.announceRun();
    expect(told).toEqual([['a']]);
    await microtasks();
    expect(told).toHaveLength(1);
  });

  it('warns of a record that cannot be read, and harms nobody by it', async () => {
    const { session, declare, told } = pumped();
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    declare('a').toProcess = () => {
      throw new Error('broken');
    };
    session.announceRun();
    declare('b');
    await microtasks();
    expect((await warned).message).toBe('the record is no longer followed: broken');
    expect(told).toEqual([]);
  });

  it('says nothing any more once it is closed', async () => {
    const { session, declare, told, pump } = pumped();
    pump.close();
    declare('a');
    session.announceRun();
    await microtasks();
    expect(told).toEqual([]);
  });
});
