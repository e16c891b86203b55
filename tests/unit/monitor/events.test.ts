import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Dataset, provenance, type Patch, type Process, type ProvenanceDocument } from 'stemma';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { askMonitor } from './client';
import { EventClient, type ServerEvent } from './event-client';
import { drawImages } from './pipeline';

let running: RunningMonitor;
const clients: EventClient[] = [];
const follow = (options = {}): EventClient => {
  const client = new EventClient(running, options);
  clients.push(client);
  return client;
};

beforeAll(async () => {
  running = await monitor.start();
});
afterEach(() => clients.splice(0).forEach((client) => client.close()));
afterAll(() => running.stop());

/** The processes that a follower knows: snapshots with the patches since. */
function processesOf(events: readonly ServerEvent[]): Map<string, Process> {
  const known = new Map<string, Process>();
  for (const { event, data } of events) {
    if (event === 'snapshot') known.clear();
    const { processes } = event === 'snapshot' ? (data['document'] as ProvenanceDocument) : (data as unknown as Patch);
    for (const process of processes ?? []) known.set(process.id, process);
  }
  return known;
}

const isComplete = ({ events }: EventClient, label: string): boolean =>
  [...processesOf(events).values()].some(
    (process) => process.label === label && process.execution.state === 'complete',
  );

describe('events', () => {
  it('are a snapshot, then patches that lead to the document', async () => {
    const client = follow();
    await client.until(({ events }) => events.length > 0);
    expect(client.events.map(({ event }) => event)).toEqual(['snapshot']);
    await drawImages();
    await client.until((one) => isComplete(one, 'Train'));
    const counts = [...processesOf(client.events).values()].map(({ execution }) => execution.itemsOut);
    expect(counts).toEqual(provenance.document().processes.map(({ execution }) => execution.itemsOut));
    await client.until(({ events }) => events.some(({ event }) => event === 'samples'));
  });

  it('go on after the last one that a client had', async () => {
    const first = follow();
    await first.until(({ events }) => events.length > 0);
    first.close();
    await Dataset.range(3, 'While away').count();
    const again = follow({ lastId: first.lastId });
    await again.until((one) => isComplete(one, 'While away'));
    expect(again.events.map(({ event }) => event)).not.toContain('snapshot');
    expect([...processesOf(again.events).values()].map(({ label }) => label)).toContain('While away');
  });

  it('begin again where the last one is not known', async () => {
    const first = follow();
    await first.until(({ events }) => events.length > 0);
    const [boot] = first.lastId.split('-');
    for (const lastId of ['0123456789ab-1', 'nonsense', '1', `${boot}-999999`]) {
      const client = follow({ lastId });
      await client.until(({ events }) => events.length > 0);
      expect(client.events[0]!.event).toBe('snapshot');
    }
  });

  it('are of one session where one is asked for', async () => {
    const { id } = provenance.document().session;
    const client = follow({ path: `/events?session=${id}` });
    await client.until(({ events }) => events.length > 0);
    expect(client.events[0]!.data['session']).toBe(id);
    expect((await askMonitor(running, '/events?session=other')).status).toBe(404);
  });

  it('say when the program does not give its event loop back', async () => {
    const client = follow();
    await client.until(({ events }) => events.length > 0);
    block(2_500);
    await client.until(({ events }) => events.filter(({ event }) => event === 'status').length >= 2);
    const [blocked, free] = client.events
      .filter(({ event }) => event === 'status')
      .map(({ data }) => data['blockedSinceMs']);
    expect(blocked).toBeGreaterThan(Date.now() - 60_000);
    expect(free).toBeNull();
  });
});

/** What a synchronous function of the user does. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
