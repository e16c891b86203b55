import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, provenance, readDocument, saveDocument } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

const parent = temporaryFolder();
let folder: string;
let count = 0;

beforeEach(() => {
  folder = join(parent, `${++count}`);
  mkdirSync(folder);
});

const document = provenance.document({ samples: false });
const save = (name: string) => saveDocument(document, join(folder, name));
const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o7777).toString(8);
const isSaved = (name: string) => readDocument(join(folder, name)).session.id === document.session.id;

describe('saving', () => {
  it('leaves the one file, with the mode that the umask allows', async () => {
    await save('run.json');
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(modeOf('run.json')).toBe((0o666 & ~process.umask()).toString(8));
  });

  it.each(['600', '640', '666', '755'])('keeps the mode %s of a document that it replaces', async (mode) => {
    await save('run.json');
    chmodSync(join(folder, 'run.json'), Number.parseInt(mode, 8));
    await save('run.json');
    expect(modeOf('run.json')).toBe(mode);
  });

  it('follows a symbolic link, which stays, to the file that it replaces', async () => {
    mkdirSync(join(folder, 'data'));
    symlinkSync('data/real.json', join(folder, 'first'));
    symlinkSync('first', join(folder, 'run.json'));
    // The first time it leads to nothing yet.
    for (const _ of [1, 2]) {
      await save('run.json');
      expect(readlinkSync(join(folder, 'run.json'))).toBe('first');
      expect(lstatSync(join(folder, 'data', 'real.json')).isFile()).toBe(true);
      expect(isSaved('data/real.json')).toBe(true);
    }
    expect(readdirSync(join(folder, 'data'))).toEqual(['real.json']);
  });

  it('refuses what is not a regular file, and leaves it as it is', async () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const server = createServer().listen(join(folder, 'socket'));
    symlinkSync('loop', join(folder, 'loop'));
    mkdirSync(join(folder, 'inner'));
    await expect(save('fifo')).rejects.toThrow('expected a regular file, got a FIFO');
    await expect(save('socket')).rejects.toThrow('expected a regular file, got a socket');
    await expect(save('inner')).rejects.toThrow('expected a regular file, got a folder');
    await expect(save('loop')).rejects.toThrow('too many symbolic links');
    await expect(save('none/run.json')).rejects.toThrow('there is no folder');
    expect(statSync(fifo).isFIFO()).toBe(true);
    server.close();
    rmSync(join(folder, 'socket'), { force: true });
    expect(readdirSync(folder).sort()).toEqual(['fifo', 'inner', 'loop']);
  });

  it('writes to a character device, and leaves it one', async () => {
    await saveDocument(document, '/dev/null');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    symlinkSync('/dev/null', join(folder, 'sink'));
    await save('sink');
    expect(lstatSync(join(folder, 'sink')).isSymbolicLink()).toBe(true);
  });

  it('refuses a read-only file', async () => {
    await save('run.json');
    chmodSync(join(folder, 'run.json'), 0o400);
    await expect(save('run.json')).rejects.toThrow('the file is read-only');
    expect(modeOf('run.json')).toBe('400');
  });

  it.each([
    ['a notebook', '{"cells": [], "nbformat": 4}'],
    ['data', 'id,name\n1,Ada\n'],
    ['a program', "import { Dataset } from 'stemma';\n"],
    ['bytes', '\u0000\u0001'],
  ])('refuses to overwrite %s', async (_, text) => {
    writeFileSync(join(folder, 'mine'), text);
    await expect(save('mine')).rejects.toThrow('that is not a provenance document; choose another name');
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe(text);
  });

  it('overwrites an empty file, and a document however it is indented', async () => {
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'tight.json'), JSON.stringify(document));
    writeFileSync(join(folder, 'wide.json'), `\uFEFF${JSON.stringify(document, null, 8)}`);
    for (const name of ['empty.json', 'tight.json', 'wide.json']) {
      await save(name);
      expect(isSaved(name)).toBe(true);
    }
  });

  it('never writes through a temporary name that somebody planted', async () => {
    writeFileSync(join(folder, 'victim.txt'), 'precious');
    // The names of earlier versions, and the beginning of today's.
    for (const name of [`run.json.${process.pid}.tmp`, '.run.json.stemma-.tmp'])
      symlinkSync('victim.txt', join(folder, name));
    await save('run.json');
    expect(readFileSync(join(folder, 'victim.txt'), 'utf8')).toBe('precious');
    expect(lstatSync(join(folder, 'run.json')).isFile()).toBe(true);
  });

  it('removes what a process that was killed has left, once it is old', async () => {
    const [old, young, other] = ['.run.json.stemma-0a.tmp', '.run.json.stemma-0b.tmp', '.other.json.stemma-0c.tmp'];
    for (const name of [old, young, other]) writeFileSync(join(folder, name), 'half');
    const hourAgo = Date.now() / 1000 - 3_600;
    for (const name of [old, other]) utimesSync(join(folder, name), hourAgo, hourAgo);
    await save('run.json');
    expect(readdirSync(folder).sort()).toEqual([other, young, 'run.json']);
  });

  it('writes a checksum, by which a reader tells a damaged file from a whole one', async () => {
    await save('run.json');
    const path = join(folder, 'run.json');
    const text = readFileSync(path, 'utf8');
    expect(readDocument(path)).toEqual(JSON.parse(JSON.stringify(document)));
    // However it is written: other spaces, another order of members.
    const { format, ...rest } = JSON.parse(text) as { format: string };
    writeFileSync(path, JSON.stringify({ ...rest, format }));
    expect(isSaved('run.json')).toBe(true);
    writeFileSync(path, text.replace(/"generatedAt": "2/, '"generatedAt": "3'));
    expect(() => readDocument(path)).toThrow('was changed or damaged after it was written');
    writeFileSync(path, text.replace(/,\s*"checksum": "sha256:\w{64}"/, ''));
    expect(isSaved('run.json')).toBe(true);
  });

  it('of ten at once to one name leaves one whole document', async () => {
    await Promise.all(Array.from({ length: 10 }, () => save('run.json')));
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(isSaved('run.json')).toBe(true);
  });
});

describe('a document without samples', () => {
  it('has no values of the data, wherever they were', async () => {
    const rows = [{ name: 'SECRET-1' }, { name: 'SECRET-2' }, { name: 'SECRET-3' }, { other: 'SECRET-4' }, 'SECRET-5'];
    const people = Dataset.fromArray<unknown>(rows, 'People').map(
      (row) => {
        if (JSON.stringify(row).includes('SECRET-2')) JSON.parse('SECRET-2');
        return row;
      },
      { identifier: 'Check', onError: 'skip' },
    );
    await people.toArray();
    const failing = Dataset.fromArray(['SECRET-6'], 'Failing').map((text) => JSON.parse(text) as unknown, 'Parse');
    await expect(failing.toArray()).rejects.toThrow('SECRET-6');
    const text = JSON.stringify(provenance.document({ samples: false }), (key, value) =>
      // The functions' own source has them, as everything that is written there.
      key === 'code' || key === 'source' ? undefined : (value as unknown),
    );
    expect(text).not.toContain('SECRET');
    expect(JSON.stringify(provenance.document())).toContain('SECRET-2');
    const file = join(folder, 'run.json');
    await provenance.save(file, { samples: false });
    const check = readDocument(file).processes.find(({ label }) => label === 'Check')!;
    expect(check.execution).toMatchObject({ skipped: 1, skippedItems: [{ input: null, index: 1 }] });
  });
});
