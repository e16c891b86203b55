import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import type { ProvenanceDocument } from 'stemma-document';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { GraphModel } from '../../../views/src/graph/graph-model';
import { type Ink, toPicture } from '../../../views/src/graph/svg';
import { ProvenanceStore } from '../../../views/src/model/store';
import { runExample } from '../../support/doc-examples';
import { temporaryFolder } from '../../support/temporary-folder';

/** The light theme of style/variables.css. */
const INK: Ink = {
  background: '#ffffff',
  surface: '#f7f7f8',
  text: '#212121',
  muted: '#666666',
  faint: '#9e9e9e',
  border: '#e0e0e0',
  state: {
    new: '#666666',
    running: '#1976d2',
    complete: '#388e3c',
    stopped: '#666666',
    failed: '#d32f2f',
    aborted: '#c77700',
  },
  shades: [],
  font: 'system-ui, sans-serif',
};

const MAX_BYTES = 60_000;

/** Each graph of the page with the code above it. */
const graphs = [
  ...readFileSync(inRoot('docs', 'gallery.md'), 'utf8').matchAll(
    /^```ts\n([^]*?)^```\n\n!\[[^\]]+\]\((images\/gallery\/[\w-]+\.svg)\)/gm,
  ),
].map(([, code, path]) => ({ code: code!.replace(/^import .*;\n/gm, ''), path: path! }));

const home = process.cwd();

beforeAll(() => {
  process.chdir(temporaryFolder());
  const rows = (count: number, row: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => row(i)).join('\n');
  writeFileSync('houses.csv', `area,price\n${rows(200, (i) => `${(i * 37) % 101},${100 + ((i * 53) % 97)}`)}\n`);
  writeFileSync('weather.csv', `temperature\n${rows(240, (i) => (10 + 8 * Math.sin(i / 4)).toFixed(1))}\n`);
  writeFileSync(
    'poem.txt',
    'The fog comes\non little cat feet.\n\nIt sits looking\nover harbor and city\non silent haunches\nand then moves on.\n',
  );
  writeFileSync('numbers.txt', `${rows(20, (i) => (i === 13 ? 'thirteen' : String(i)))}\n`);
  for (const name of ['daisy', 'iris', 'rose', 'tulip', 'violet']) {
    mkdirSync(join('flowers', name), { recursive: true });
    for (let i = 0; i < 12; i++) writeFileSync(join('flowers', name, `${i}.jpg`), '');
  }
  const zones = Array.from({ length: 40 }, (_, i) => i % 3);
  parquetWriteFile({
    filename: 'trips.parquet',
    columnData: [
      { name: 'km', data: zones.map((_, i) => i / 4), type: 'DOUBLE' },
      { name: 'zone', data: zones, type: 'INT32' },
    ],
  });
  const table = tableFromArrays({ id: Int32Array.of(0, 1, 2), name: ['Harbor', 'Center', 'Airport'] });
  writeFileSync('zones.arrow', tableToIPC(table, 'file'));
});
afterAll(() => process.chdir(home));

function draw(document: ProvenanceDocument): string {
  const store = new ProvenanceStore();
  store.replace(document);
  const graph = new GraphModel(store);
  graph.refresh();
  const picture = toPicture(graph.nodes, graph.layout, store, INK);
  return `${picture.toSvg(picture)}\n`;
}

describe('the gallery', () => {
  it.each(graphs)('shows the record of its code: $path', async ({ code, path }) => {
    const recorder = new stemma.Recorder();
    const names = { ...stemma };
    // One of them fails on purpose.
    await recorder
      .run(() => runExample(code, names))
      .catch((error: unknown) => {
        expect(error).toBeInstanceOf(stemma.PipelineError);
      });
    const svg = draw(recorder.document());
    const file = inRoot('docs', path);
    if (process.env['STEMMA_UPDATE_IMAGES'] === '1') writeFileSync(file, svg);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(svg);
    expect(statSync(file).size).toBeLessThan(MAX_BYTES);
    expect(path.includes('failed')).toBe(svg.includes(INK.state.failed));
  });

  it('has ten of them', () => {
    expect(graphs).toHaveLength(10);
  });
});
