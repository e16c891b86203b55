import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument, show } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { lanesOf } from '../../../../lib/src/widget/lanes';
import { rowsOf } from '../../../../lib/src/widget/rows';
import { rowsToSvg } from '../../../../lib/src/widget/svg';

const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;
const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';

function bundleOf(value: object): { document: ProvenanceDocument; html: string; text: string } {
  const bundle = (value as { [DISPLAY](): Record<string, unknown> })[DISPLAY]();
  return {
    document: bundle[MIME_TYPE] as ProvenanceDocument,
    html: String(bundle['text/html']),
    text: String(bundle['text/plain']),
  };
}

function svgOf(html: string): string {
  return Buffer.from(/base64,([^"]+)"/.exec(html)?.[1] ?? '', 'base64').toString();
}

function classes(count: number): Dataset<{ n: number; label: number }> {
  const parts = Array.from({ length: count }, (_, label) =>
    Dataset.range(3, `Load class ${label}`).map((n) => ({ n, label }), `Add label ${label}`),
  );
  return Dataset.concat(...parts);
}

describe('a dataset as the value of a cell', () => {
  beforeEach(() => {
    delete (globalThis as { [SESSION_KEY]?: unknown })[SESSION_KEY];
  });

  it('is a document of what leads to it, and of nothing else', async () => {
    const other = Dataset.range(5, 'Other');
    const squares = Dataset.range(4, 'Numbers').map((n) => n * n, 'Square');
    await squares.filter((n) => n > 1, 'Downstream').toArray();
    await other.count();
    const { document, text } = bundleOf(squares);
    expect(document.processes.map(({ label }) => label)).toEqual(['Numbers', 'Square']);
    expect(document.artifacts.map(({ consumers }) => consumers.length)).toEqual([1, 0]);
    expect(document.runs).toHaveLength(1);
    expect(text).toBe(`Dataset { map "Square", 4 items, 'int' }`);
  });

  it('carries samples of the dataset itself, not of upstream streams', async () => {
    const squares = Dataset.range(4, 'Numbers').map((n) => n * n, 'Square');
    await squares.toArray();
    const { document } = bundleOf(squares);
    expect(document.artifacts.map(({ execution }) => execution.samples.length)).toEqual([0, 4]);
  });

  it('has rows of its samples where there is no panel, with nothing in them but text', async () => {
    const rows = Dataset.range(20, 'Numbers').map((n) => ({ n, name: `<script>alert(${n})</script>` }), 'Named');
    expect(bundleOf(rows).html).not.toContain('<table');
    await rows.toArray();
    const { html } = bundleOf(rows);
    expect(html.match(/<tr>/g)).toHaveLength(9);
    expect(html).toContain('<th>#</th><th>n</th><th>name</th><th>origin</th>');
    expect(html).toContain('<td>0</td><td>0</td><td>&#60;script&#62;alert(0)&#60;/script&#62;</td>');
    expect(html).not.toContain('<script');
  });

  it('stays small however large its items are', async () => {
    const large = Dataset.range(50).map((n) => Array.from({ length: 30 }, () => 'x'.repeat(10_000) + n), 'Large');
    await large.toArray();
    expect(JSON.stringify(bundleOf(large).document).length).toBeLessThan(100_000);
  });

  it('has the quantiles of times, not the sketches behind them', async () => {
    const later = Dataset.range(20, 'Numbers').map(
      (n) => new Promise<number>((resolve) => setTimeout(() => resolve(n), 1)),
      'Later',
    );
    const batches = later.batch(4);
    await batches.toArray();
    const executions = bundleOf(batches).document.processes.map(({ execution }) => execution);
    const times = executions
      .flatMap(({ selfTime, waitTime }) => [selfTime, waitTime ?? null])
      .filter((one) => one !== null);
    expect(executions.at(-1)!.waitTime!.p50Ms).toBeGreaterThan(0);
    expect(times.length).toBeGreaterThan(2);
    for (const time of times) expect(time).not.toHaveProperty('sketch');
  });

  it('says only that nothing is recorded where nothing is', () => {
    provenance.recording = false;
    expect((Dataset.range(3) as unknown as { [DISPLAY](): object })[DISPLAY]()).toEqual({
      'text/plain': 'Dataset { range, 3 items }',
    });
  });

  it('refuses to show anything else', () => {
    expect(() => show([1, 2] as never)).toThrow('invalid value of show: expected a dataset or a recorder, got a list');
  });
});

describe('the static picture', () => {
  beforeEach(() => {
    delete (globalThis as { [SESSION_KEY]?: unknown })[SESSION_KEY];
  });

  it('draws parallel siblings as one row each, sources first', async () => {
    await classes(10).batch(4, 'Batch').toArray('All');
    const rows = rowsOf(provenance.document());
    expect(rows.map(({ label, count, items }) => [label, count, items])).toEqual([
      ['Load class 0…9', 10, 30],
      ['Add label 0…9', 10, 30],
      ['concat', 1, 30],
      ['Batch', 1, 8],
      ['All', 1, null],
    ]);
    expect(rows.map(({ inputs }) => inputs)).toEqual([[], [0], [1], [2], [3]]);
  });

  it('keeps the lines of values that are used later clear of the rows between', async () => {
    const scaled = Dataset.range(10, 'Numbers').map((n) => n / 10, 'Scale');
    const mean = scaled.reduce((sum, n) => ({ sum: sum.sum + n }) as never, { sum: 0 }, 'Mean');
    await mean;
    await scaled.map((n) => n, { identifier: 'Normalize', uses: [mean] }).toArray('All');
    const rows = rowsOf(provenance.document());
    const { lanes, links } = lanesOf(rows);
    for (const { from, to, lane } of links)
      for (let row = from + 1; row < to; row++) expect(lanes[row], `${from} to ${to} through ${row}`).not.toBe(lane);
    expect(links.filter(({ uses }) => uses)).toHaveLength(1);
  });

  it('is XML in which nothing of the data is markup', async () => {
    const label = `<script>alert(1)</script>" onload='x' & \u0000\u202e]]>`;
    await Dataset.range(3, label).toArray(label.repeat(20_000));
    const { html } = bundleOf(provenance);
    const svg = svgOf(html);
    expect(svg.length).toBeLessThan(10_000);
    expect(svg).not.toMatch(/<script|onload='|\u0000|\u202e/);
    expect(svg).toContain('&#60;script&#62;');
    expect(html.match(/<[a-z]/g)).toEqual(['<i']);
  });

  it('is drawn before anything has run, too', () => {
    Dataset.range(3, 'Numbers');
    expect(rowsToSvg(rowsOf(provenance.document()), 'Numbers')).toContain('Numbers');
  });
});

it('a chain of a thousand steps is displayed as one of three', () => {
  let chain = Dataset.range(5);
  for (let i = 0; i < 1_000; i++) chain = chain.map((n) => n + 1, `Step ${i}`);
  expect(bundleOf(chain).document.processes).toHaveLength(1_001);
});
