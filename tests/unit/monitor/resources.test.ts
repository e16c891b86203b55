import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument, provenance, type Artifact, type Environment, type Process, type Run } from 'stemma';
import { type ArtifactPage, monitor, type ProcessPage, type RunningMonitor, type SamplePage } from 'stemma-monitor';
import { validDocument } from '../../support/schemas';
import { askMonitor, until } from './client';
import { drawImages } from './pipeline';

let running: RunningMonitor;
const get = (path: string, headers = {}) => askMonitor(running, path, { headers });

beforeAll(async () => {
  running = await monitor.start();
  // A package that the program loads later, as one that builds its pipeline does.
  await import('seedrandom');
  await drawImages();
  const complete = (runs: { items: Run[] }) => runs.items[0]?.state === 'complete';
  await until(async () => (await get('/runs')).json<{ items: Run[] }>(), complete);
});
afterAll(() => running.stop());

describe('the record over HTTP', () => {
  it('is the document that the program itself has', async () => {
    const document = validDocument((await get('/document')).json());
    const { generatedAt } = document;
    expect(document).toEqual({ ...provenance.document({ samples: false }), generatedAt });
    expect(document.processes.map((process) => process.execution.itemsOut)).toEqual([200, 200, 100, 10, 0]);
  });

  it('has the samples on request, the same as the program has', async () => {
    const own = provenance.document().artifacts.map(({ execution }) => execution.samples);
    const samplesOf = async () =>
      validDocument((await get('/document?samples=true')).json()).artifacts.map(({ execution }) => execution.samples);
    expect(await until(samplesOf, (samples) => samples.every((one) => one.length > 0))).toEqual(own);
  });

  it('has the document in other formats, without values of the data', async () => {
    const mermaid = await get('/exports/mermaid');
    expect(mermaid.headers['content-type']).toBe('application/vnd.mermaid; charset=utf-8');
    expect(mermaid.text).toContain('["Draw #34;images#34;"]');
    const json = parseDocument((await get('/exports/json')).text);
    expect({ ...json, generatedAt: '' }).toEqual({ ...provenance.document({ samples: false }), generatedAt: '' });
    expect((await get('/exports/dot')).status).toBe(400);
    const notebook = await get('/exports/notebook');
    expect([notebook.status, notebook.text]).toEqual([404, expect.stringContaining('the record has no cells')]);
  });

  it('has processes and artifacts one by one', async () => {
    const { items } = (await get('/processes')).json<ProcessPage>();
    expect((await get(`/processes/${items[1]!.id}`)).json<Process>()).toEqual(items[1]);
    const artifacts = (await get('/artifacts')).json<ArtifactPage>();
    expect((await get(`/artifacts/${artifacts.items[1]!.id}`)).json<Artifact>()).toEqual(artifacts.items[1]);
  });

  it('pages', async () => {
    const first = (await get('/processes?limit=2')).json<ProcessPage>();
    expect(first).toMatchObject({ total: 5, offset: 0, limit: 2, next: '/api/v1/processes?limit=2&offset=2' });
    const seen = [...first.items];
    for (let { next } = first; next !== null;) {
      const page = (await get(next.replace('/api/v1', ''))).json<ProcessPage>();
      seen.push(...page.items);
      next = page.next;
    }
    expect(seen.map(({ label }) => label)).toEqual(['Rows', 'Draw "images"', 'Even', 'Batch', 'Train']);
    expect((await get('/processes?offset=99')).json<ProcessPage>()).toMatchObject({ items: [], next: null });
  });

  it('has the pictures of samples as PNG', async () => {
    const { items } = (await get('/artifacts/a2/samples')).json<SamplePage>();
    const { value } = items.at(-1)!;
    const tensor = value.type === 'record' ? value.fields[0]!.value : value;
    const path = tensor.type === 'tensor' ? tensor.images[0]!.png : '';
    const answer = await get(path.replace('/api/v1', ''));
    expect(answer.headers['content-type']).toBe('image/png');
    const own = provenance.document().artifacts[1]!.execution.samples.at(-1)!.value;
    expect(JSON.stringify(own)).toContain(answer.body.toString('base64'));
    expect((await get(path.replace('/api/v1', '').replace('number=0', 'number=1'))).status).toBe(404);
  });

  it('tells the environment', async () => {
    const environment = (await get('/environment')).json<Environment>();
    expect(environment).toEqual(provenance.document().environment);
    expect(Object.keys(environment.packages)).toContain('seedrandom');
  });

  it('says how old it is', async () => {
    const { headers } = await get('/document');
    expect(headers['age']).toBe('0');
  });
});

describe('representations', () => {
  it('are not sent again while nothing changed', async () => {
    const { etag } = (await get('/document')).headers;
    const again = await get('/document', { 'if-none-match': etag });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect((await get('/document', { 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    expect((await get('/document', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('have another tag once something changed', async () => {
    const { etag } = (await get('/document')).headers;
    await drawImages();
    const changed = await until(
      () => get('/document', { 'if-none-match': etag }),
      ({ status }) => status === 200,
    );
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('are compressed for those who accept it', async () => {
    const plain = await get('/openapi.json');
    const packed = await get('/openapi.json', { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(packed.body.length).toBeLessThan(plain.body.length / 3);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    const refused = await get('/openapi.json', { 'accept-encoding': 'gzip;q=0' });
    expect(refused.headers['content-encoding']).toBeUndefined();
  });

  it('are the same whatever else is asked for', async () => {
    const page = (await get('/processes?x=1&offset=01&limit=2')).json<ProcessPage>();
    expect(page.next).toBe('/api/v1/processes?limit=2&offset=3');
  });

  it('have a head', async () => {
    const head = await askMonitor(running, '/openapi.json', { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1_000);
  });
});

describe('problems', () => {
  it.each([
    ['/nothing', 404, 'there is no GET /api/v1/nothing; /api/v1/openapi.json lists what there is'],
    ['/processes/p999', 404, 'there is no process "p999"'],
    ['/artifacts/a999/samples', 404, 'there is no artifact "a999"'],
    ['/samples/a1%3Ar1%3A77/image', 404, 'sample "a1:r1:77" has no such image; samples change while a pipeline runs'],
    ['/document?session=none', 404, 'there is no session "none"'],
    ['/processes/%zz', 400, "'/api/v1/processes/%zz' is not a valid url component"],
    ['/processes?limit=0', 400, 'querystring/limit must be >= 1'],
    ['/processes?limit=many', 400, 'querystring/limit must be integer'],
  ])('%s', async (path, status, detail) => {
    const answer = await get(path);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.status).toBe(status);
    const instance = `/api/v1${path.split('?')[0]}`;
    expect(answer.json()).toEqual({ type: 'about:blank', title: expect.any(String), status, detail, instance });
  });
});
