import { describe, expect, it, vi } from 'vitest';
import { ProvenanceClient, type ChannelEvents } from '../../../views/src/client/client';
import { ProvenanceStore } from '../../../views/src/model/store';
import type { PageMessage } from 'stemma-document';
import { fixture } from '../../panel/fixture';

interface Trial {
  store: ProvenanceStore;
  client: ProvenanceClient;
  sent: PageMessage[];
  events: ChannelEvents;
  closed: { count: number };
  lost: (string | null)[];
}

function connect({ paused = false } = {}): Trial {
  const store = new ProvenanceStore();
  const sent: PageMessage[] = [];
  const lost: (string | null)[] = [];
  const closed = { count: 0 };
  let events: ChannelEvents | null = null;
  const client = new ProvenanceClient({
    sink: store,
    paused,
    open: (given) => {
      events = given;
      return { send: (message) => sent.push(message), close: (silent) => (closed.count += silent ? 0 : 1) };
    },
    onLost: (error) => lost.push(error),
  });
  return { store, client, sent, closed, lost, events: events as unknown as ChannelEvents };
}

const snapshot = (seq: number, progress = 0.2): object => ({
  type: 'snapshot',
  seq,
  createdMs: Date.now(),
  protocol: 1,
  document: fixture({ progress }),
});
const patch = (seq: number, progress = 0.4): object => {
  const { processes, artifacts, runs } = fixture({ progress });
  return { type: 'patch', seq, createdMs: Date.now(), processes, artifacts, runs, cells: null, removed: [] };
};

describe('ProvenanceClient', () => {
  it('takes a snapshot and the patches that follow it', () => {
    const { store, events, sent } = connect();
    events.onMessage(snapshot(7), []);
    events.onMessage(patch(8), []);
    expect(store.connection.state).toBe('live');
    expect(store.processes.get('p29')?.execution.itemsIn).toBe(124);
    expect(sent).toEqual([]);
  });

  it('learns what the kernel is at, from messages that do not count', () => {
    const { store, events, sent } = connect();
    events.onMessage(snapshot(1), []);
    const status = { cell: { id: 'c', executionCount: 3 }, busySinceMs: 5, blockedSinceMs: 6 };
    events.onMessage({ type: 'status', seq: 1, createdMs: Date.now(), ...status }, []);
    expect(store.kernel).toEqual(status);
    events.onMessage(patch(2), []);
    expect(sent).toEqual([]);
    store.setConnection({ state: 'restarting' });
    expect(store.kernel.blockedSinceMs).toBeNull();
  });

  it('discards a patch after a gap and asks for a snapshot', () => {
    const { store, events, sent } = connect();
    events.onMessage(snapshot(1), []);
    events.onMessage(patch(3), []);
    expect(sent).toEqual([{ type: 'resync' }]);
    expect(store.processes.get('p29')?.execution.itemsIn).toBe(62);
    events.onMessage(snapshot(4, 0.5), []);
    events.onMessage(patch(5, 0.6), []);
    expect(store.processes.get('p29')?.execution.itemsIn).toBe(187);
  });

  it('puts the bytes of a thumbnail where they belong', () => {
    const { store, events } = connect();
    events.onMessage(snapshot(1), []);
    const value = {
      type: 'tensor',
      dtype: 'uint8',
      shape: [1, 1],
      min: 0,
      max: 0,
      mean: 0,
      values: [0],
      layout: 'HW',
      images: [{ width: 1, height: 1, png: '' }],
    };
    const message = {
      type: 'samples',
      seq: 2,
      createdMs: 0,
      artifact: 'a3',
      samples: [{ index: 0, run: 'r1', origins: [], omittedOrigins: 0, value }],
      bufferPaths: [
        [0, 'value', 'images', 0, 'png'],
        ['__proto__', 'polluted'],
      ],
    };
    events.onMessage(message, [new Uint8Array([137, 80, 78, 71]), new Uint8Array([1])]);
    expect(JSON.stringify(store.samples.get('a3'))).toContain('data:image/png;base64,iVBORw==');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it('watches what is on show once, and again only when it changes', () => {
    const { client, sent } = connect();
    client.watch(['a2', 'a1']);
    client.watch(['a1', 'a2']);
    client.watch([]);
    expect(sent).toEqual([
      { type: 'watch', artifacts: ['a1', 'a2'] },
      { type: 'watch', artifacts: [] },
    ]);
  });

  it('resolves a request with the reply of the same number', async () => {
    const { client, events, sent } = connect();
    events.onMessage(snapshot(1), []);
    const answer = client.request('document', {});
    const { request } = sent[0] as { request: string };
    events.onMessage({ type: 'document', seq: 2, createdMs: 0, request: 'other', document: null }, []);
    events.onMessage({ type: 'document', seq: 3, createdMs: 0, request, document: fixture({ progress: 1 }) }, []);
    expect((await answer).document?.processes).toHaveLength(30);
  });

  it('gives up a request when the comm closes, and tells its owner why', async () => {
    const { client, events, lost } = connect();
    const answer = client.request('document', {});
    events.onClose('protocol 2 is not spoken here');
    await expect(answer).rejects.toThrow('closed');
    expect(lost).toEqual(['protocol 2 is not spoken here']);
  });

  it('gives up a request that gets no reply', async () => {
    vi.useFakeTimers();
    const { client } = connect();
    const answer = expect(client.request('document', {})).rejects.toThrow('30 s');
    vi.advanceTimersByTime(30_000);
    await answer;
    vi.useRealTimers();
  });

  it('ignores what it does not know, and everything after its end', () => {
    const { client, store, events, closed } = connect();
    events.onMessage('nonsense', []);
    events.onMessage({ type: 'novelty', seq: 1 }, []);
    client.dispose();
    client.dispose();
    events.onMessage(snapshot(2), []);
    expect(store.isEmpty).toBe(true);
    expect(closed.count).toBe(1);
  });

  it('pauses and resumes once each', () => {
    const { client, sent } = connect();
    client.pause();
    client.pause();
    client.resume();
    client.resume();
    expect(sent).toEqual([{ type: 'pause' }, { type: 'resume' }]);
  });

  it('that begins paused sends nothing but the word that it goes on', () => {
    const { client, sent } = connect({ paused: true });
    client.pause();
    client.resume();
    expect(sent).toEqual([{ type: 'resume' }]);
  });
});
