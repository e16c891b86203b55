import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { inRoot, stateFolder } from '../../../scripts/support/paths.mjs';
import { askMonitor } from './client';
import { drawImages } from './pipeline';

interface Described {
  paths: { [path: string]: { [method: string]: { responses: { [status: string]: { content?: object } } } } };
}

const published = JSON.parse(readFileSync(inRoot('schema', 'openapi.json'), 'utf8')) as Described;
let running: RunningMonitor;

beforeAll(async () => {
  running = await monitor.start();
  await drawImages();
});
afterAll(() => running.stop());

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(published) as object as never);
    expect(result).toEqual({ valid: true });
  });

  it('is served as it is published', async () => {
    expect((await askMonitor(running, '/openapi.json')).json()).toEqual(published);
  });

  it('describes the responses', async () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(published, 'api');
    const ids = { process: 'p1', artifact: 'a2' };
    for (const [path, methods] of Object.entries(published.paths)) {
      const media = Object.keys(methods['get']?.responses['200']?.content ?? {});
      if (!media.includes('application/json') || path.endsWith('openapi.json')) continue;
      const id = path.includes('processes') ? ids.process : ids.artifact;
      const answer = await askMonitor(
        running,
        path.replace('/api/v1', '').replace('{id}', id).replace('{format}', 'json'),
      );
      const pointer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
      const escaped = pointer.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')));
      const validate = ajv.compile({ $ref: `api#/${escaped.join('/')}` });
      expect([path, validate(answer.json()) ? [] : validate.errors]).toEqual([path, []]);
    }
  });
});

/** What a client of the API might be: it must compile, and it must run. */
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { paths } from './api';

export async function labels(baseUrl: string, token: string): Promise<string[]> {
  const client = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${token}\` } });
  const { data, error } = await client.GET('/api/v1/processes', { params: { query: { limit: 3 } } });
  if (data === undefined) throw new Error(error.detail);
  const one = await client.GET('/api/v1/processes/{id}', { params: { path: { id: data.items[0]!.id } } });
  const itemsOut: number = one.data!.execution.itemsOut;
  return [...data.items.map((process) => process.label), String(itemsOut)];
}
`;

describe('a client generated from it', () => {
  const parent = join(stateFolder, 'generated-client');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'client-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('compiles and works', async () => {
    const types = astToString(await openapiTypescript(JSON.stringify(published)));
    writeFileSync(join(folder, 'api.ts'), types);
    writeFileSync(join(folder, 'labels.ts'), PROGRAM);
    writeFileSync(join(folder, 'wrong.ts'), PROGRAM.replace('process.label', 'process.nonsense'));
    const problems = (file: string): string[] => {
      const program = ts.createProgram([join(folder, file)], {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        target: ts.ScriptTarget.ES2022,
        types: [],
      });
      return ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    };
    expect(problems('labels.ts')).toEqual([]);
    expect(problems('wrong.ts').join()).toContain('nonsense');

    const options = { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } };
    const script = join(folder, 'labels.mjs');
    writeFileSync(script, ts.transpileModule(PROGRAM, options).outputText);
    const client = (await import(pathToFileURL(script).href)) as {
      labels(url: string, token: string): Promise<string[]>;
    };
    expect(await client.labels(running.url, running.token)).toEqual(['Rows', 'Draw "images"', 'Even', '200']);
  });
});
