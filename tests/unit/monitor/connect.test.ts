import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Artifact, canonicalHash, merge, type ProvenanceDocument, readDocument } from 'stemma';
import { monitor, type ArtifactPage, type RunningMonitor, type SamplePage, type SessionList } from 'stemma-monitor';
import { everywhereNew } from '../../support/from-the-future';
import { validDocument } from '../../support/schemas';
import { temporaryFolder } from '../../support/temporary-folder';
import { askMonitor } from './client';
import { EventClient } from './event-client';
import { Program } from './program';

const folder = temporaryFolder();
/** What the programs know themselves. */
const saved = ['0.json', '1.json'].map((name) => join(folder, name));

let running: RunningMonitor;
let follower: EventClient;
let remote: string[];

beforeAll(async () => {
  running = await monitor.start();
  follower = new EventClient(running);
  const programs = ['0', '100'].map(
    (first, index) => new Program('report.mjs', running.url, running.token, first, 'end', saved[index]!),
  );
  expect(await Promise.all(programs.map((program) => program.line()))).toEqual(['{"sum":45}', '{"sum":1045}']);
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([0, 0]);
  const { items } = (await askMonitor(running, '/sessions')).json<SessionList>();
  remote = items.filter(({ from }) => from === 'remote').map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  follower.close();
  await running.stop();
});

const get = async <T>(path: string) => (await askMonitor(running, path)).json<T>();

describe('several processes', () => {
  it('report to one monitor', async () => {
    expect(remote).toHaveLength(2);
    for (const id of remote) {
      const document = validDocument(await get(`/document?session=${id}&samples=true`));
      expect(document.session.id).toBe(id);
      expect(document.runs.map(({ state }) => state)).toEqual(['complete']);
      expect(document.artifacts[1]!.execution.samples.length).toBe(document.artifacts[1]!.execution.sampleCount);
    }
  });

  it('are merged into one document', async () => {
    const whole = validDocument(await get('/document?samples=true'));
    const merged = merge(readDocument(saved[0]), readDocument(saved[1]));
    expect(canonicalHash(whole)).toBe(canonicalHash(merged));
    // Times and distinct values too: quantiles come from the sketches.
    for (const part of ['processes', 'artifacts'] as const)
      expect(whole[part].map(({ execution }) => execution)).toEqual(merged[part].map(({ execution }) => execution));
    expect(whole.processes.map(({ label, execution }) => [label, execution.itemsIn])).toEqual([
      ['Rows', 0],
      ['Draw', 20],
      ['Sum', 20],
    ]);
  });

  it('have their samples merged too, with pictures', async () => {
    const { items } = await get<ArtifactPage>('/artifacts');
    const draw = items.find(({ label }: Artifact) => label === 'Draw')!;
    const samples = await get<SamplePage>(`/artifacts/${draw.id}/samples`);
    expect(samples.total).toBe(draw.execution.sampleCount);
    const { id } = samples.items.at(-1)!;
    const image = await askMonitor(running, `/samples/${encodeURIComponent(id)}/image`);
    expect([image.status, image.headers['content-type']]).toEqual([200, 'image/png']);
  });

  it('appear in the events of all followers', () => {
    const sessions = follower.events.filter(({ event }) => event === 'snapshot').map(({ data }) => data['session']);
    expect(sessions).toEqual(expect.arrayContaining(remote));
  });
});

describe('reporting', () => {
  const put = (path: string, body: unknown) =>
    askMonitor(running, path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('needs the token', async () => {
    await expect(monitor.connect(running.url, 'wrong')).rejects.toThrow('refused the report: the token is wrong');
  });

  it('says that nobody is there', async () => {
    await expect(monitor.connect('http://127.0.0.1:9', 'x')).rejects.toThrow('cannot report to the monitor at');
    await expect(monitor.connect('nonsense', 'x')).rejects.toThrow(
      'invalid url of monitor.connect: expected one such as http://127.0.0.1:4040, got "nonsense"',
    );
  });

  it('is checked against the schema', async () => {
    const document = await get<ProvenanceDocument>(`/document?session=${remote[0]}`);
    const changed = { ...document, processes: [{ ...document.processes[0]!, label: 7 }] };
    const wrong = await put(`/sessions/${remote[0]}`, changed);
    expect([wrong.status, wrong.json<{ detail: string }>().detail]).toEqual([
      400,
      'processes[0].label: expected a string, got 7 (in the document)',
    ]);
    expect((await put('/sessions/other', document)).status).toBe(400);
    expect((await put(`/sessions/${remote[0]}?ageMs=-1`, document)).status).toBe(400);
    expect((await put(`/sessions/${remote[0]}/artifacts/a1/samples`, { samples: [1] })).status).toBe(400);
    expect((await put(`/sessions/${remote[0]}/artifacts/none/samples`, { samples: [] })).status).toBe(404);
    const { items } = await get<SessionList>('/sessions');
    const here = items.find(({ from }) => from === 'here')!;
    expect((await put(`/sessions/${here.id}`, document)).status).toBe(409);
  });

  it('of a later version is taken, and served as it came', async () => {
    const document = everywhereNew(await get<ProvenanceDocument>(`/document?session=${remote[0]}`));
    const later = { ...document, session: { ...document.session, id: 'later' } };
    expect((await put('/sessions/later', later)).status).toBe(201);
    const { generatedAt: _, ...served } = await get<ProvenanceDocument>('/document?session=later&samples=true');
    expect(later).toMatchObject(served);
    expect(served.extensions).toEqual(document.extensions);
    const { items } = await get<{ items: unknown[] }>('/processes?session=later');
    expect(items).toEqual(later.processes);
    const samples = [
      { index: 0, run: 'r1', origins: [], omittedOrigins: 0, later: 1, value: { type: 'audio', seconds: 3 } },
    ];
    expect((await put(`/sessions/later/artifacts/${later.artifacts[1]!.id}/samples`, { samples })).status).toBe(204);
    expect((await get<SamplePage>(`/artifacts/${later.artifacts[1]!.id}/samples?session=later`)).items).toMatchObject(
      samples,
    );
    expect((await askMonitor(running, '/metrics')).status).toBe(200);
    expect((await askMonitor(running, '/document')).status).toBe(200);
    const next = await put('/sessions/later', { ...later, version: '2.0' });
    expect([next.status, next.json<{ detail: string }>().detail]).toEqual([
      400,
      'version: the document has version 2.0 of the format; this Stemma reads 1.x: update Stemma',
    ]);
    await put('/sessions/later?ended=true', later);
  });

  it('of what goes in a circle is refused, so that the others can still be merged', async () => {
    const document = await get<ProvenanceDocument>(`/document?session=${remote[0]}`);
    const processes = document.processes.map((process) => ({ ...process, inputs: process.outputs }));
    const answer = await put(`/sessions/${remote[0]}`, { ...document, processes });
    expect([answer.status, answer.json<{ detail: string }>().detail]).toEqual([
      400,
      'processes[0].inputs: "Rows" gets what it produces itself, in a circle',
    ]);
    expect((await askMonitor(running, '/document')).status).toBe(200);
  });

  const inOptions = (document: ProvenanceDocument, value: string) => {
    const [first, ...others] = document.processes;
    const processes = [{ ...first!, options: { deep: 'HERE' } }, ...others];
    return JSON.stringify({ ...document, processes }).replace('"HERE"', value);
  };
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;

  it.each([
    ['lists', lists(10_000)],
    ['objects', objects(10_000)],
    ['lists without an end', '['.repeat(1_000_000)],
  ])('of %s that are nested too deep is refused', async (_, deep) => {
    const document = await get<ProvenanceDocument>(`/document?session=${remote[0]}`);
    const detail = deep.endsWith('[')
      ? expect.stringContaining('JSON')
      : expect.stringContaining('expected at most 500 levels');
    for (const [path, body] of [
      ['/sessions/new', deep],
      [`/sessions/${remote[0]}`, deep],
      [`/sessions/${remote[0]}`, inOptions(document, deep)],
      [`/sessions/${remote[0]}/artifacts/a1/samples`, deep],
      [`/sessions/${remote[0]}/artifacts/a1/samples`, `{"samples":${deep}}`],
      [`/sessions/${remote[0]}/artifacts/a1/samples`, `{"samples":[{"value":${deep}}]}`],
    ] as const)
      expect((await put(path, body)).json<object>()).toMatchObject({ status: 400, detail });
    expect(await get(`/document?session=${remote[0]}`)).toEqual(document);
  });

  it.each([
    ['lists', lists(480)],
    ['objects', objects(480)],
  ])('of %s as deep as they may be is served, alone and merged', async (_, deep) => {
    const document = await get<ProvenanceDocument>(`/document?session=${remote[0]}`);
    const other = { ...document, session: { ...document.session, id: 'deep' } };
    expect([201, 204]).toContain((await put('/sessions/deep', inOptions(other, deep))).status);
    for (const path of ['/document?session=deep', '/document', '/document?samples=true'])
      expect([path, (await askMonitor(running, path)).text.includes(deep)]).toEqual([path, true]);
  });
});
