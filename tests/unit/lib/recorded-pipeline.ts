import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { Dataset, type ProvenanceDocument, readDocument, Recorder } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

/** What of the pipeline another run may have changed. */
export interface Setup {
  folder?: string;
  factor?: number;
  helper?: (n: number) => number;
  seed?: number;
  concurrency?: number;
  source?: string;
}

const scale = (n: number): number => n * 2;
export const otherScale = (n: number): number => n * 2 + 1;
const written = <F extends (...args: never[]) => unknown>(fn: F, source: string): F =>
  Object.assign(fn, { toString: () => source });

let folders = 0;
export const root = temporaryFolder();

/** A folder with a CSV file and an image. */
export function data({ cell = '3', pixel = 7, at = `machine-${folders++}` } = {}): string {
  const folder = join(root, at, 'data');
  mkdirSync(join(folder, 'images'), { recursive: true });
  writeFileSync(join(folder, 't.csv'), `a\n1\n${cell}\n5\n`);
  const png = encode({ width: 2, height: 2, channels: 1, depth: 8, data: Uint8Array.of(1, 2, 3, pixel) });
  writeFileSync(join(folder, 'images', '1.png'), png);
  return folder;
}

/** Records a pipeline of a table and one of images, each time in a recorder of its own. */
export async function record({
  folder = data(),
  factor = 3,
  helper = scale,
  seed = 1,
  concurrency = 4,
  source,
}: Setup = {}): Promise<ProvenanceDocument> {
  const recorder = new Recorder();
  const place = `${folder}/somewhere`;
  await recorder.run(async () => {
    const step = async (row: object): Promise<number> =>
      helper((row as { a: number }).a) * factor + (place === '' ? 1 : 0);
    await Dataset.fromCsv(join(folder, 't.csv'))
      .map(written(step, source ?? '({ a }) => helper(a) * factor'), { identifier: 'Scale', concurrency })
      .shuffle({ seed, identifier: 'Mix' })
      .toArray();
    await Dataset.fromFolder(join(folder, 'images'))
      .map((file) => readFileSync(file.path), 'Read')
      .count();
  });
  const path = join(root, `record-${folders++}.json`);
  await recorder.save(path);
  return readDocument(path);
}
