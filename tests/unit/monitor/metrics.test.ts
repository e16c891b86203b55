import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { inVenv } from '../../../scripts/support/paths.mjs';
import { askMonitor, until } from './client';
import { drawImages } from './pipeline';

/** Prometheus's own parser of OpenMetrics; returns the samples by name and label of the process. */
const PARSE = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps([[f.name, f.type, f.unit, [[s.name, s.labels, s.value] for s in f.samples]] for f in families]))
`;

type Family = [name: string, type: string, unit: string, samples: [string, { [label: string]: string }, number][]];

let running: RunningMonitor;
let families: Family[];

beforeAll(async () => {
  running = await monitor.start();
  await drawImages();
  const text = await until(
    async () => (await askMonitor(running, '/metrics')).text,
    (metrics) => /stemma_runs\{.*state="complete"\} 1/.test(metrics),
  );
  families = JSON.parse(execFileSync(inVenv('python'), ['-c', PARSE], { input: text, encoding: 'utf8' })) as Family[];
});
afterAll(() => running.stop());

const valuesOf = (sample: string) =>
  families
    .flatMap(([, , , samples]) => samples)
    .filter(([name]) => name === sample)
    .map(([, { label }, value]) => [label, value]);

describe('metrics', () => {
  it('are accepted by a Prometheus parser, with types and units', () => {
    expect(families.map(([name, type, unit]) => [name, type, unit])).toEqual([
      ['stemma_session', 'info', ''],
      ['stemma_session_age_seconds', 'gauge', 'seconds'],
      ['stemma_runs', 'gauge', ''],
      ['stemma_process_items_in', 'counter', ''],
      ['stemma_process_items_out', 'counter', ''],
      ['stemma_process_items_skipped', 'counter', ''],
      ['stemma_process_items_failed', 'counter', ''],
      ['stemma_process_runs', 'counter', ''],
      ['stemma_process_own_seconds', 'gauge', 'seconds'],
      ['stemma_process_wait_seconds', 'gauge', 'seconds'],
      ['stemma_process_buffered_items', 'gauge', ''],
      ['stemma_process_running', 'gauge', ''],
      ['stemma_process_item_seconds', 'summary', 'seconds'],
    ]);
  });

  it('count exactly, and keep labels as they are', () => {
    expect(valuesOf('stemma_process_items_out_total')).toEqual([
      ['Rows', 200],
      ['Draw "images"', 200],
      ['Even', 100],
      ['Batch', 10],
      ['Train', 0],
    ]);
  });

  it('come with the type that Prometheus asks for', async () => {
    const { headers } = await askMonitor(running, '/metrics');
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  });
});
