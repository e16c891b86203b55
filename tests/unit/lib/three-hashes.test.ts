import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  canonicalHash,
  Dataset,
  diff,
  inputsOf,
  outputDigest,
  type ProvenanceDocument,
  readDocument,
  Recorder,
} from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

interface Setup {
  folder?: string;
  factor?: number;
  helper?: (n: number) => number;
  seed?: number;
  concurrency?: number;
  source?: string;
}

const scale = (n: number): number => n * 2;
const otherScale = (n: number): number => n * 2 + 1;
const written = <F extends (...args: never[]) => unknown>(fn: F, source: string): F =>
  Object.assign(fn, { toString: () => source });

let folders = 0;
const root = temporaryFolder();

/** A folder with a CSV file and an image. */
function data({ cell = '3', pixel = 7, at = `machine-${folders++}` } = {}): string {
  const folder = join(root, at, 'data');
  mkdirSync(join(folder, 'images'), { recursive: true });
  writeFileSync(join(folder, 't.csv'), `a\n1\n${cell}\n5\n`);
  const png = encode({ width: 2, height: 2, channels: 1, depth: 8, data: Uint8Array.of(1, 2, 3, pixel) });
  writeFileSync(join(folder, 'images', '1.png'), png);
  return folder;
}

async function record({
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

/** Which of the three are the same, and the steps with a difference that is none of execution. */
async function compared(
  change: Setup,
): Promise<[definition: boolean, inputs: boolean, output: boolean, steps: string[]]> {
  const [before, after] = [await record(), await record(change)];
  const { pairs, ...found } = diff(before, after);
  expect(found.sameDefinition).toBe(canonicalHash(before) === canonicalHash(after));
  const differ = pairs.filter(({ changes }) =>
    changes.some(({ layer }) => layer === 'definition' || layer === 'inputs'),
  );
  const steps = differ.map(({ a }) => a!.label);
  return [
    canonicalHash(before) === canonicalHash(after),
    inputsOf(before).hash === inputsOf(after).hash,
    outputDigest(before) === outputDigest(after),
    steps,
  ];
}

describe('three hashes tell apart', () => {
  it.each<[string, Setup, Awaited<ReturnType<typeof compared>>]>([
    ['a captured constant', { factor: 4 }, [true, false, false, ['Scale']]],
    ['the body of a helper', { helper: otherScale }, [true, false, false, ['Scale']]],
    ['a cell of a data file', { folder: data({ cell: '4' }) }, [true, false, false, ['t.csv']]],
    ['one pixel of an image', { folder: data({ pixel: 8 }) }, [true, false, false, ['images']]],
    ['the seed', { seed: 2 }, [false, false, false, ['Mix']]],
  ])('%s', async (_, change, expected) => {
    expect(await compared(change)).toEqual(expected);
  });

  it.each<[string, Setup]>([
    ['concurrency', { concurrency: 8 }],
    ['a folder that was moved', { folder: data({ at: 'moved/to/another' }) }],
    ['the home of another person', { folder: data({ at: 'home/grace' }) }],
    ['a comment', { source: '({ a }) => helper(a) * factor // as in the paper' }],
    ['nothing at all', {}],
  ])('and are the same whatever %s', async (_, change) => {
    expect(await compared(change)).toEqual([true, true, true, []]);
  });
});

describe('what is not known of the inputs', () => {
  it('is listed', async () => {
    const recorder = new Recorder({ samples: false, digests: false, inputs: false });
    const limit = 3;
    await recorder.run(() =>
      Dataset.range(3, 'Numbers')
        .map((n) => n + limit, 'Add')
        .count(),
    );
    expect(inputsOf(recorder.document()).unknown).toEqual([
      'what range "Numbers" read',
      'the value of limit in map "Add"',
    ]);
    expect(outputDigest(recorder.document())).toBeNull();
  });
});

describe('the contents of sources', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

  it('have the hashes of the file, and of a folder those of the list that DVC makes', async () => {
    const folder = join(root, 'texts');
    mkdirSync(join(folder, 'b'), { recursive: true });
    for (const [name, text] of [
      ['a.txt', 'one\n'],
      ['b/ü.txt', 'two\n'],
    ] as const)
      writeFileSync(join(folder, name), text);
    const recorder = new Recorder();
    await recorder.run(async () => {
      await Dataset.fromTextLines(join(folder, 'a.txt'), 'One').count();
      await Dataset.fromFolder(folder, { recursive: true, identifier: 'Both' }).count();
    });
    await recorder.save(join(root, 'texts.json'));
    const [one, both] = recorder
      .document()
      .processes.filter(({ role }) => role === 'source')
      .map(({ execution }) => execution.files);
    expect(one).toEqual({ files: 1, bytes: 4, sha256: sha256('one\n'), md5: md5('one\n') });
    const list = (digest: typeof md5, name: string): string =>
      `[{"${name}": "${digest('one\n')}", "relpath": "a.txt"}, {"${name}": "${digest('two\n')}", "relpath": "b/\\u00fc.txt"}]`;
    expect(both).toEqual({
      files: 2,
      bytes: 8,
      sha256: sha256(list(sha256, 'sha256')),
      md5: `${md5(list(md5, 'md5'))}.dir`,
    });
  });

  it('are not looked at where that is switched off, and not known where a file is gone', async () => {
    for (const inputs of [false, true]) {
      const file = join(root, 'gone.txt');
      writeFileSync(file, 'a\n');
      const recorder = new Recorder({ inputs });
      const lines = recorder.run(() => Dataset.fromTextLines(file, 'Lines'));
      if (inputs) writeFileSync(file, 'b\n');
      await lines.count();
      await recorder.save(join(root, 'gone.json'));
      expect(recorder.document().processes[0]!.execution.files?.sha256).toBe(inputs ? sha256('b\n') : undefined);
    }
  });
});
