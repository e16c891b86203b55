import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, decodeImage, type FileContent, Recorder, type ToFolderOptions } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const parent = temporaryFolder();
let folder: string;
let target: string;
let count = 0;

beforeEach(() => {
  folder = join(parent, `${++count}`);
  target = join(folder, 'out');
  mkdirSync(folder);
});

interface File {
  name: string;
  content: FileContent;
}

const write = (files: File[], options?: Partial<ToFolderOptions<File>>) =>
  Dataset.fromArray(files).toFolder(target, { name: ({ name }) => name, content: (file) => file.content, ...options });
const text = (name: string): string => readFileSync(join(target, name), 'utf8');
const listing = (): string[] => readdirSync(target, { recursive: true }).map(String).sort();

describe('toFolder', () => {
  it('writes texts, bytes and copies of files', async () => {
    writeFileSync(join(folder, 'source'), 'copied');
    const bytes = new TextEncoder().encode('bytes');
    const written = await write([
      { name: 'a/text', content: 'é' },
      { name: 'a/bytes', content: bytes },
      { name: 'b/buffer', content: bytes.buffer },
      { name: 'copy', content: { path: join(folder, 'source') } },
    ]);
    expect(listing()).toEqual(['a', 'a/bytes', 'a/text', 'b', 'b/buffer', 'copy']);
    expect(['a/text', 'a/bytes', 'b/buffer', 'copy'].map(text)).toEqual(['é', 'bytes', 'bytes', 'copied']);
    expect(written).toMatchObject({ path: target, items: 4, files: 4, bytes: 18 });
  });

  // As DVC lists a folder, which is by Python's `json.dumps`.
  it('has the MD5 that DVC has of the folder', async () => {
    const { md5 } = await write([
      { name: 'b/é😀.txt', content: 'two' },
      { name: 'a.txt', content: 'one' },
    ]);
    const list = '[{"md5": "f97c5d29941bfb1b2fdab0874906ab82", "relpath": "a.txt"}, {"md5": "b8a9f715dbb64fd5c56e7783c6820a61", "relpath": "b/\\u00e9\\ud83d\\ude00.txt"}]'; // prettier-ignore
    const { createHash } = await import('node:crypto');
    expect(md5).toBe(`${createHash('md5').update(list).digest('hex')}.dir`);
  });

  it('names files by their numbers, or as the files of a folder are called', async () => {
    const items = ['text', new Uint8Array(2), { data: new Uint8Array(4), shape: [2, 2] }];
    await Dataset.fromArray<FileContent>(items).toFolder(target);
    expect(listing()).toEqual(['000000.txt', '000001.bin', '000002.png']);
    const copy = join(folder, 'copy');
    await Dataset.fromFolder(target).filter(({ size }) => size < 5).toFolder(copy); // prettier-ignore
    expect(readdirSync(copy)).toEqual(['000000.txt', '000001.bin']);
  });

  it.each([
    ['channels first', [3, 2, 4]],
    ['channels last', [2, 4, 3]],
    ['grey', [2, 4]],
    ['with alpha', [4, 2, 5]],
  ])('writes an image, %s, that is decoded as it was', async (_, shape) => {
    const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * 37) % 256);
    await write([{ name: 'image.png', content: { data, shape } }]);
    const layout = shape.length === 3 && shape[2] === 3 ? 'HWC' : 'CHW';
    const decoded = await decodeImage(join(target, 'image.png'), { layout });
    expect(decoded).toEqual({ data, shape: shape.length === 2 ? [1, ...shape] : shape });
  });

  it('writes a JPEG of floats that looks as the image does', async () => {
    const data = Float32Array.from({ length: 3 * 16 * 16 }, (_, i) => (i % 256) / 255);
    await write([{ name: 'image.jpg', content: { data, shape: [3, 16, 16] } }]);
    expect((await sharp(join(target, 'image.jpg')).metadata()).format).toBe('jpeg');
    const decoded = await decodeImage(join(target, 'image.jpg'), { dtype: 'float32' });
    expect(Math.max(...decoded.data.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThan(0.12);
  });

  it.each<[string, File, string]>([
    [
      'a folder above',
      { name: '../x', content: '' },
      'the name is "../x": expected the path of a file within the folder',
    ],
    ['a path of the system', { name: '/etc/passwd', content: '' }, 'the name is "/etc/passwd"'],
    ['a folder above by another way', { name: 'a/../../x', content: '' }, 'the name is "a/../../x"'],
    ['a folder above, on Windows', { name: '..\\x', content: '' }, 'the name is "..\\\\x"'],
    ['another disk, on Windows', { name: 'C:x', content: '' }, 'the name is "C:x"'],
    ['a folder', { name: 'a/', content: '' }, 'the name is "a/"'],
    ['nothing', { name: '', content: '' }, 'the name is ""'],
    ['no text', { name: undefined as never, content: '' }, 'the name is undefined'],
    ['a NUL', { name: 'a\0', content: '' }, 'the name is "a'],
    ['too much', { name: 'x'.repeat(300), content: '' }, 'is too long for a file'],
    ['half a character', { name: '\ud800', content: '' }, 'the name is "'],
    ['an image without a format', { name: 'a.bmp', content: { data: new Uint8Array(4), shape: [2, 2] } }, 'is a tensor of the shape [2, 2], which is written as an image: expected a shape of [c, h, w], [h, w, c] or [h, w], and a name that ends in .png, .jpg or .jpeg'], // prettier-ignore
    [
      'a tensor that is no image',
      { name: 'a.png', content: { data: new Uint8Array(4), shape: [4] } },
      'is a tensor of the shape [4]',
    ],
    [
      'a normalized image',
      { name: 'a.png', content: { data: Float32Array.of(0, -2), shape: [1, 2] } },
      'floats from 0 to 1, got -2 at element 1; undo a normalization',
    ],
    [
      'an image of other numbers',
      { name: 'a.png', content: { data: new Int32Array(4), shape: [2, 2] } },
      'got one of int32',
    ],
    [
      'a JPEG with alpha',
      { name: 'a.jpg', content: { data: new Uint8Array(16), shape: [4, 2, 2] } },
      'JPEG has no transparency',
    ],
    [
      'a number',
      { name: 'a', content: 5 as never },
      'the content of "a" is 5: expected a text, bytes (a Uint8Array), an image',
    ],
    ['a file that is not there', { name: 'a', content: { path: '/no/such/file' } }, 'no such file'],
  ])('refuses %s', async (_, file, message) => {
    const odd = [{ name: 'good', content: 'x' }, file];
    const error = (await write(odd).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ kind: 'toFolder', index: 1, origin: 'fromArray item 1' });
    expect(error.message).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
    expect(await write(odd, { onError: 'skip' })).toMatchObject({ items: 1, files: 1 });
    expect(listing()).toEqual(['good']);
  });

  it.each([
    [['a', 'b', 'a'], 'the name "a" is taken by another item'],
    [['a', 'a/b'], 'a part of the name "a/b" is the name of a file'],
    [['a/b', 'a'], 'the name "a" is taken'],
  ])('refuses the names %o, which clash', async (names, message) => {
    await expect(write(names.map((name) => ({ name, content: '' })))).rejects.toThrow(message);
  });

  it('replaces a folder only where that was asked for, and as a whole', async () => {
    await write([{ name: 'old', content: '' }]);
    const next = [{ name: 'new', content: '' }];
    await expect(write(next)).rejects.toThrow('the folder is there, and not empty; pass overwrite: true to replace it');
    expect(listing()).toEqual(['old']);
    await write(next, { overwrite: true });
    expect(listing()).toEqual(['new']);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('takes a folder that is there and empty', async () => {
    mkdirSync(target);
    await write([{ name: 'a', content: '' }]);
    expect(listing()).toEqual(['a']);
  });

  it('leaves the old folder as it was when it fails or is aborted', async () => {
    await write([{ name: 'old', content: '' }]);
    const bad = [{ name: 'new', content: '' }, { name: '..', content: '' }]; // prettier-ignore
    await expect(write(bad, { overwrite: true })).rejects.toThrow('the name is ".."');
    const controller = new AbortController();
    const abort = ({ name }: File): string => {
      controller.abort(new Error('enough'));
      return name;
    };
    await expect(write(bad, { overwrite: true, name: abort, signal: controller.signal })).rejects.toThrow('enough');
    expect(listing()).toEqual(['old']);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('leaves nothing behind when the process ends amidst it', async () => {
    const script = `
      import { Dataset } from ${JSON.stringify(inRoot('lib', 'dist', 'index.js'))};
      await Dataset.range(50).tap((n) => { if (n === 40) process.exit(3); }).map(String).toFolder(${JSON.stringify(target)});`;
    const { code, output } = await command([process.execPath, '--input-type=module', '-e', script], { cwd: folder });
    expect([code, output]).toEqual([3, '']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never replaces the folder that the program works in, one above it, or a file', async () => {
    for (const path of ['.', '..', '/'])
      await expect(Dataset.fromArray(['x']).toFolder(path, { overwrite: true })).rejects.toThrow(
        'must not be replaced',
      );
    writeFileSync(target, 'a file');
    await expect(write([], { overwrite: true })).rejects.toThrow(
      'there is something of that name that is not a folder',
    );
    expect(existsSync(inRoot('package.json'))).toBe(true);
  });

  it('says at once that the folder above cannot be made', async () => {
    if (!existsSync('/proc/self')) return;
    await expect(Dataset.fromArray(['x']).toFolder('/proc/none/x')).rejects.toThrow(
      'cannot write "/proc/none/x": the folder "/proc/none" cannot be made (ENOENT)',
    );
  });

  it('refuses to write a folder that another sink is writing, until that one has ended', async () => {
    const both = await Promise.allSettled([write([{ name: 'a', content: '' }]), write([{ name: 'b', content: '' }])]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reason } = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(String(reason)).toContain('it is being written by another sink at the same time');
    expect(await write([{ name: 'c', content: '' }], { overwrite: true })).toMatchObject({ items: 1 });
  });

  it('records the folder as an artifact', async () => {
    const recorder = new Recorder();
    const written = await recorder.run(() => Dataset.fromArray(['a', 'b'])).toFolder(target);
    const file = recorder.document().artifacts.find(({ kind }) => kind === 'file')!;
    expect(file.execution).toMatchObject({ items: 2, written: [written] });
    expect(written.md5).toMatch(/^[0-9a-f]{32}\.dir$/);
  });
});
