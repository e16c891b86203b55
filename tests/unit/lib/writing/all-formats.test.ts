import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, PipelineError, Recorder } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';
import { formats, unwritable } from './formats';

const parent = temporaryFolder();
let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(parent, `${++count}`);
  mkdirSync(folder);
});

const rows = (items: number): Dataset<{ n: number }> => Dataset.range(items).map((n) => ({ n }));
const hash = (algorithm: string, file: string): string =>
  createHash(algorithm).update(readFileSync(file)).digest('hex');

describe.each(formats)('$kind', ({ kind, extension, write, read }) => {
  const at = (name = 'data'): string => join(folder, `${name}${extension}`);

  it.each([0, 1, 10_000])('writes %d items, and tells what it wrote', async (items) => {
    const written = await write(rows(items), at());
    const { size } = statSync(at());
    const [sha256, md5] = [hash('sha256', at()), hash('md5', at())];
    expect(written).toEqual({ path: at(), items, files: 1, bytes: size, sha256, md5 });
    if (read !== null && items > 0) expect(await read(at())).toEqual(Array.from({ length: items }, (_, n) => n));
    expect(readdirSync(folder)).toEqual([`data${extension}`]);
  });

  it('writes the same bytes each time', async () => {
    const [first, second] = [await write(rows(5000), at('a')), await write(rows(5000), at('b'))];
    expect(second.sha256).toBe(first.sha256);
  });

  it('replaces a file once the new one is whole, and keeps its mode', async () => {
    await write(rows(3), at());
    chmodSync(at(), 0o640);
    const before = readFileSync(at());
    const watched = rows(5).tap(() => expect(readFileSync(at())).toEqual(before));
    await write(watched, at());
    expect(readFileSync(at())).not.toEqual(before);
    expect(statSync(at()).mode & 0o777).toBe(0o640);
  });

  it('makes the folders above it', async () => {
    await write(rows(1), join(folder, 'a', 'b', `c${extension}`));
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual([`c${extension}`]);
  });

  it.each<[string, () => unknown]>([
    ['an error', () => new Error('lost')],
    ['an error of the platform', () => new DOMException('lost', 'AbortError')],
    ['a pattern', () => /a/],
    ['a promise', () => Promise.resolve(1)],
    ['a weak map', () => new WeakMap()],
    ['bytes', () => new Uint8Array(3).buffer],
    ['a date', () => new Date(NaN)],
    ...(kind === 'toJsonLines' ? [] : [['numbers', () => new Float64Array(3)] as [string, () => unknown]]),
  ])('refuses %s as an item, and goes on', async (_, make) => {
    const items = Dataset.fromArray<unknown>([{ n: 0 }, make(), { n: 2 }]) as Dataset<{ n: number }>;
    await expect(write(items, at('whole'))).rejects.toThrow(/the item is .*; map it|the item is .*, and/);
    expect(await write(items, at(), { onError: 'skip' })).toMatchObject({ items: 2 });
  });

  it('explains what contains itself', async () => {
    const circle: { n: number; json?: unknown } = { n: 1 };
    circle.json = circle;
    const items = Dataset.fromArray([circle, { n: 2 }]);
    const refused = kind === 'toCsv' ? 'is a record' : 'nested too deeply, or contains itself';
    await expect(write(items, at())).rejects.toThrow(refused);
  });

  it('leaves nothing behind, and what was there as it was, when the pipeline fails', async () => {
    writeFileSync(at(), 'before');
    const failing = rows(5000).map((row) => {
      if (row.n === 4000) throw new Error('no more');
      return row;
    });
    await expect(write(failing, at())).rejects.toThrow('no more');
    expect(readdirSync(folder)).toEqual([`data${extension}`]);
    expect(readFileSync(at(), 'utf8')).toBe('before');
  });

  it('leaves nothing behind when it is aborted', async () => {
    const controller = new AbortController();
    const aborting = rows(5000).tap(({ n }) => n === 4000 && controller.abort(new Error('enough')));
    await expect(write(aborting, at(), { signal: controller.signal })).rejects.toThrow('enough');
    expect(readdirSync(folder)).toEqual([]);
    await expect(write(rows(3), at(), { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when the process ends amidst it', async () => {
    const script = `
      import { Dataset } from ${JSON.stringify(inRoot('lib', 'dist', 'index.js'))};
      const rows = Dataset.range(5000).map((n) => ({ n })).tap(({ n }) => { if (n === 4000) process.exit(3); });
      await rows.${kind}(${JSON.stringify(at())});`;
    const { code, output } = await command([process.execPath, '--input-type=module', '-e', script], { cwd: folder });
    expect([code, output]).toEqual([3, '']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what a killed process left a day ago, and nothing else', async () => {
    const [old, young, other] = ['0'.repeat(16), '1'.repeat(16)]
      .map((id) => `.data${extension}.stemma-${id}.tmp`)
      .concat('.data.tmp');
    for (const name of [old!, young!, other!]) writeFileSync(join(folder, name), 'half');
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const name of [old!, other!]) utimesSync(join(folder, name), yesterday, yesterday);
    await write(rows(1), at());
    expect(readdirSync(folder).sort()).toEqual([other, young, `data${extension}`].sort());
  });

  it('names the item and the field that it cannot write', async () => {
    const odd = rows(4).map(({ n }) => ({ n: n === 2 ? unwritable() : n }));
    const error = await write(odd, at()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({ kind, index: 2, origin: 'range item 2' });
    expect((error as Error).message).toContain('"n"');
    expect((error as Error).message).toContain(`onError: 'skip'`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves out what it cannot write where that was asked for, and counts it', async () => {
    const recorder = new Recorder();
    const odd = recorder.run(() => rows(4)).map(({ n }) => ({ n: n % 2 === 0 ? unwritable() : n }));
    const { items } = await write(odd, at(), { onError: 'skip', identifier: 'Write' });
    expect(items).toBe(2);
    if (read !== null) expect(await read(at())).toEqual([1, 3]);
    const { execution } = recorder.document().processes.find(({ label }) => label === 'Write')!;
    expect(execution).toMatchObject({ itemsIn: 4, itemsOut: 2, skipped: 2, state: 'complete' });
    expect(execution.skippedItems.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('asks a handler about each item that it cannot write', async () => {
    const odd = rows(3).map(({ n }) => ({ n: n === 1 ? unwritable() : n }));
    const seen: unknown[] = [];
    const { items } = await write(odd, at(), { onError: (_, item) => (seen.push(item), 'skip') });
    expect([items, seen.length]).toEqual([2, 1]);
  });

  it('says that a disk is full, whatever onError is', async () => {
    if (!existsSync('/dev/full')) return;
    const message = 'cannot write "/dev/full": the disk is full';
    for (const options of [{}, { onError: 'skip' as const }])
      await expect(write(rows(100_000), '/dev/full', options)).rejects.toThrow(message);
  });

  it.each([
    ['a file stands where a folder should', 'file/data', 'a part of its path is no folder'],
    ['it is a folder', 'folder', 'expected a regular file, got a folder'],
    ['its name is too long', 'x'.repeat(300), 'its name is too long'],
  ])('says why it cannot write where %s', async (_, name, reason) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'folder'));
    await expect(write(rows(1), join(folder, name))).rejects.toThrow(`cannot write "${join(folder, name)}": ${reason}`);
    expect(readdirSync(folder)).toEqual(['file', 'folder']);
  });

  it('says at once that a folder cannot be made', async () => {
    if (!existsSync('/proc/self')) return;
    const path = `/proc/none/x${extension}`;
    await expect(write(rows(3), path)).rejects.toThrow(
      `cannot write "${path}": the folder "/proc/none" cannot be made (ENOENT)`,
    );
  });

  it('refuses to write a file that another sink is writing, until that one has ended', async () => {
    const message = 'it is being written by another sink at the same time; await that one first';
    let second: Promise<unknown> = Promise.resolve();
    const watched = rows(3).tap(({ n }) => {
      if (n === 1) second = write(rows(5), at()).catch((error: unknown) => error);
    });
    const held = watched.map(async (row) => (await second, row));
    expect(await write(held, at())).toMatchObject({ items: 3 });
    expect(String(await second)).toContain(message);
    expect(await write(rows(4), at())).toMatchObject({ items: 4 });
    await expect(write(rows(4).tap(() => { throw new Error('no'); }), at())).rejects.toThrow('no'); // prettier-ignore
    expect(await write(rows(5), at())).toMatchObject({ items: 5 });
  });

  it('refuses a read-only file, and what is no path', async () => {
    await write(rows(1), at());
    chmodSync(at(), 0o444);
    await expect(write(rows(1), at())).rejects.toThrow('the file is read-only');
    expect(() => write(rows(1), '')).toThrow(`invalid path of ${kind}: expected a path, got ""`);
    expect(() => write(rows(1), at(), { onError: 'ignore' as never })).toThrow(`invalid onError of ${kind}`);
  });

  it('refuses a dataset that never ends, also with a signal', async () => {
    const { signal } = new AbortController();
    await expect(write(rows(3).repeat(), at(), { signal })).rejects.toThrow(`${kind} needs the end of its dataset`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('records the file as an artifact, which may be named in uses', async () => {
    const recorder = new Recorder();
    const written = await write(
      recorder.run(() => rows(7)),
      at(),
    );
    await recorder.run(() =>
      Dataset.range(2)
        .map((n) => n, { identifier: 'After', uses: [written] })
        .count(),
    );
    const { processes, artifacts } = recorder.document();
    const sink = processes.find((process) => process.kind === kind)!;
    expect(sink).toMatchObject({ role: 'sink', label: `data${extension}`, options: { path: at() } });
    const file = artifacts.find(({ producer }) => producer === sink.id)!;
    expect(file).toMatchObject({ kind: 'file', length: { kind: 'exact', items: 7 } });
    expect(file.execution).toMatchObject({
      items: 7,
      currentItems: 7,
      schemaText: "{n: 'int'}",
      samples: [],
      written: [written],
    });
    expect(processes.find(({ label }) => label === 'After')!.uses).toEqual([file.id]);
  });

  it('records the last file where it writes twice, and none where it fails', async () => {
    const recorder = new Recorder();
    const seven = recorder.run(() => rows(7));
    let fails = true;
    const sometimes = seven.tap(() => {
      if (fails) throw new Error('not now');
    });
    const written = async (): Promise<unknown> => {
      await write(sometimes, at()).catch(() => undefined);
      return recorder.document().artifacts.find((artifact) => artifact.kind === 'file')!.execution.written;
    };
    expect(await written()).toBeUndefined();
    fails = false;
    expect(await written()).toHaveLength(1);
    expect(await written()).toHaveLength(1);
  });

  it('reads a file that it replaces', async () => {
    if (read === null) return;
    await write(rows(20_000), at());
    const again = Dataset.fromArray(await read(at())).map((n) => ({ n: n + 1 }));
    expect((await write(again, at())).items).toBe(20_000);
    expect((await read(at())).slice(0, 2)).toEqual([1, 2]);
  });

  it('has its items as functions of a pipeline write them', async () => {
    const groups = Dataset.range(3).map(async (group) => (await write(rows(group), at(`${group}`))).items);
    expect(await groups.toArray()).toEqual([0, 1, 2]);
  });
});
