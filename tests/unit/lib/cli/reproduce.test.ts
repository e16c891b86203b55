import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ProvenanceDocument, readDocument, type Reproduction } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const root = temporaryFolder();
const project = join(root, 'project');
const elsewhere = join(root, 'elsewhere');

const PIPELINE = `import { readFileSync } from 'node:fs';
import { Dataset, type PipelineContext } from 'stemma';
import { double } from './double';
const factor = 3;
export default async ({ size = 2 }: { size?: number }, { shard }: PipelineContext) => {
  await Dataset.fromFolder('data/images', 'Images').map(({ path }) => readFileSync(path).length, 'Size').count();
  return Dataset.fromCsv('data/t.csv', 'Rows')
    .map(async ({ a }) => double(a as number) * factor, { identifier: 'Scale', concurrency: 4 })
    .shuffle({ identifier: 'Mix' })
    .shard(shard.index, shard.count)
    .batch(size, 'Batch');
};
`;

const image = (pixel: number): Uint8Array =>
  encode({ width: 2, height: 2, channels: 1, depth: 8, data: Uint8Array.of(1, 2, 3, pixel) });

/** The project as it was when its pipeline was recorded. */
function restore(): void {
  mkdirSync(join(project, 'src'), { recursive: true });
  mkdirSync(join(project, 'data', 'images'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "type": "module" }');
  writeFileSync(join(project, 'src', 'double.ts'), 'export const double = (n: number): number => n * 2;\n');
  writeFileSync(join(project, 'src', 'pipe.ts'), PIPELINE);
  writeFileSync(join(project, 'data', 't.csv'), 'a\n1\n2\n3\n4\n5\n6\n7\n8\n');
  writeFileSync(join(project, 'data', 'images', '1.png'), image(7));
}

const stemma = (args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
  command([process.execPath, inRoot('lib', 'bin', 'stemma.mjs'), ...args], { cwd, env: { ...process.env, ...env } });

/** Reproduces a document: the exit code, what was printed, and the first step that differs. */
async function reproduce(document: ProvenanceDocument, args: string[] = [], env?: NodeJS.ProcessEnv) {
  writeFileSync(join(elsewhere, 'original.json'), JSON.stringify(document));
  const file = join(elsewhere, 'comparison.json');
  rmSync(file, { force: true });
  const { code, output } = await stemma(['reproduce', 'original.json', '--out', file, ...args], elsewhere, env);
  const reproduction = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reproduction) : null;
  return { code, output, reproduction, first: reproduction?.first.map(({ label }) => label) };
}

/** The record of a module whose text was another one. */
const edited = (document: ProvenanceDocument, from: string, to: string): ProvenanceDocument => ({
  ...document,
  session: {
    ...document.session,
    files: document.session.files!.map((file) =>
      file.main ? { ...file, source: file.source!.replace(from, to) } : file,
    ),
  },
});

const listed = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).sort();

beforeAll(() => {
  mkdirSync(elsewhere);
  restore();
  symlinkSync(inRoot('node_modules'), join(project, 'node_modules'));
});

describe('stemma reproduce, of a module', () => {
  let original: ProvenanceDocument;

  beforeAll(async () => {
    const { code, output } = await stemma(['run', 'src/pipe.ts', '-p', 'size=3', '-o', '../run.json'], project);
    expect([code, output]).toEqual([0, expect.any(String)]);
    original = readDocument(join(root, 'run.json'));
  });
  beforeEach(restore);

  it('finds the same, and writes nothing into the folder of the original', async () => {
    const before = listed(join(project, 'src')).concat(listed(join(project, 'data')));
    const { code, output, reproduction } = await reproduce(original);
    expect([code, output]).toEqual([0, expect.stringContaining('reproduced: the same')]);
    expect(reproduction!.original).toEqual({
      ...reproduction!.repeated,
      document: expect.any(String),
      session: original.session.id,
    });
    const { checksum } = JSON.parse(readFileSync(join(root, 'run.json'), 'utf8'));
    expect(`sha256:${reproduction!.original.document}`).toBe(checksum);
    expect(listed(join(project, 'src')).concat(listed(join(project, 'data')))).toEqual(before);
  });

  it.each<[string, string, () => ProvenanceDocument]>([
    ['a constant', 'Scale', () => edited(original, 'factor = 3', 'factor = 4')],
    ['the seed', 'Mix', () => ({ ...original, session: { ...original.session, seed: original.session.seed! + 1 } })],
  ])('names the step where the record has another %s', async (_, step, change) => {
    expect(await reproduce(change())).toMatchObject({ code: 1, first: [step] });
  });

  it.each<[string, string, string, string | Uint8Array]>([
    ['the body of a helper', 'Scale', 'src/double.ts', 'export const double = (n: number): number => n * 2 + 1;\n'],
    ['a cell of a table', 'Rows', 'data/t.csv', 'a\n1\n2\n3\n4\n5\n6\n7\n9\n'],
    ['a pixel of an image', 'Images', 'data/images/1.png', image(8)],
  ])('names the step where %s has changed', async (_, step, file, content) => {
    writeFileSync(join(project, file), content);
    const { code, first, output } = await reproduce(original);
    expect([code, first]).toEqual([1, [step]]);
    if (file.startsWith('src')) expect(output).toContain(`"${file}" has changed since: it is run as it is now`);
  });

  it.each<[string, () => ProvenanceDocument]>([
    ['concurrency', () => edited(original, 'concurrency: 4', 'concurrency: 8')],
    ['a comment', () => edited(original, 'double(a', '/* as in the paper */ double(a')],
  ])('finds the same whatever %s', async (_, change) => {
    expect(await reproduce(change())).toMatchObject({ code: 0, first: [] });
  });

  it('runs the module as it is now where that is asked for', async () => {
    writeFileSync(join(project, 'src', 'pipe.ts'), PIPELINE.replace('factor = 3', 'factor = 5'));
    const recorded = await reproduce(original);
    expect([recorded.code, recorded.output]).toEqual([0, expect.stringContaining('it is run as it was recorded')]);
    expect(await reproduce(original, ['--current'])).toMatchObject({ code: 1, first: ['Scale'] });
  });

  describe('whose data have moved', () => {
    afterEach(() => renameSync(join(root, 'moved'), join(project, 'data')));

    it('needs to know where they are now', async () => {
      renameSync(join(project, 'data'), join(root, 'moved'));
      const { code, output } = await reproduce(original);
      expect([code, output]).toEqual([3, expect.stringContaining('fromFolder "Images" cannot list "data/images"')]);
      expect(await reproduce(original, ['--data', `data=${join(root, 'moved')}`])).toMatchObject({
        code: 0,
        first: [],
      });
    });
  });

  it('reads in the home of another person, and knows a part of the data', async () => {
    const [ada, grace] = ['ada', 'grace'].map((name) => join(root, 'homes', name));
    for (const home of [ada!, grace!]) {
      mkdirSync(join(home, 'work'), { recursive: true });
      writeFileSync(join(home, 'work', 't.csv'), 'a\n1\n2\n3\n4\n5\n');
    }
    writeFileSync(
      join(project, 'src', 'home.ts'),
      PIPELINE.replace(/ {2}await .*\n/, '').replace("'data/t.csv'", `'${ada}/work/t.csv'`),
    );
    await stemma(['run', 'src/home.ts', '--shard', '2/2', '--seed', '7', '-o', '../home.json'], project, { HOME: ada });
    rmSync(ada!, { recursive: true });
    const found = await reproduce(readDocument(join(root, 'home.json')), [], { HOME: grace });
    expect(found).toMatchObject({ code: 0, first: [] });
  });
});

describe('stemma reproduce, of a notebook', () => {
  const CELLS = [
    "import { Dataset } from 'stemma';",
    'const factor = 3;',
    'const offset = 1;',
    "const rows = Dataset.fromCsv('data/t.csv', 'Rows').map(({ a }) => ({ a: (a as number) * factor + offset }), 'Scale').shuffle({ identifier: 'Mix' });",
    `await rows.toCsv(${JSON.stringify(join(root, 'outside.csv'))}, 'Written');`,
    'for await (const row of rows) { void row; }',
  ];
  let original: ProvenanceDocument;

  /** As the kernel records it. */
  beforeAll(() => {
    const file = join(root, 'cells.json');
    const out = join(root, 'notebook.json');
    const cells = CELLS.map((source, index) => ({ id: `c${index}`, executionCount: index + 1, source }));
    writeFileSync(file, JSON.stringify({ cells, out }));
    execFileSync(process.execPath, [inRoot('kernel-bridge', 'dist', 'cli.js'), 'replay', file], { cwd: project });
    original = readDocument(out);
    rmSync(join(root, 'outside.csv'));
  });

  const withCells = (change: (cells: ProvenanceDocument['cells']) => ProvenanceDocument['cells']) => ({
    ...original,
    cells: change(structuredClone(original.cells)),
  });

  it('finds the same in a fresh kernel, with the seed that was drawn, and leaves what was written alone', async () => {
    const { code, output, reproduction } = await reproduce(original);
    expect([code, output]).toEqual([0, expect.stringContaining('reproduced: the same')]);
    expect(reproduction!.steps.filter(({ basis }) => basis === 'files')).toHaveLength(1);
    expect(existsSync(join(root, 'outside.csv'))).toBe(false);
  });

  it('finds the same where cells stand in another order that has no effect', async () => {
    const swapped = withCells(([first, second, third, ...rest]) => [first!, third!, second!, ...rest]);
    expect(await reproduce(swapped)).toMatchObject({ code: 0, first: [] });
  });

  it('names the step that sees another constant, with items side by side', async () => {
    const changed = withCells((cells) => cells.map((cell) => ({ ...cell, source: cell.source.replace('= 3', '= 4') })));
    const { code, first, output } = await reproduce(changed);
    expect([code, first]).toEqual([1, ['Scale']]);
    expect(output).toContain('captures.factor: 3 before, 4 now');
    expect(output).toContain('item 0 (data/t.csv line 2): {a: 4} before, {a: 5} now');
  });

  it('says why a record cannot be run', async () => {
    const broken = withCells((cells) =>
      cells.map((cell) => ({ ...cell, source: cell.source.replace('= 3', '= missing') })),
    );
    const { code, output } = await reproduce(broken);
    expect([code, output]).toEqual([3, expect.stringMatching(/cell \[2\] failed:[^]*missing/)]);
    const merged = await reproduce({ ...original, contributions: [] });
    expect([merged.code, merged.output]).toEqual([3, expect.stringContaining('it is the record of several sessions')]);
  });
});
