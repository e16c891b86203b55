import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Dataset, type FolderOptions } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';
import { nodeOf } from '../../support/node-of';

const root = temporaryFolder();
let folders = 0;

/** A folder with these files, and links as `[name, target]`. */
function folderOf(files: readonly (string | Buffer)[], links: readonly (readonly [string, string])[] = []): string {
  const folder = join(root, `folder-${folders++}`);
  mkdirSync(folder);
  for (const file of files) {
    const bytes = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(file)]);
    mkdirSync(bytes.subarray(0, bytes.lastIndexOf('/')), { recursive: true });
    writeFileSync(bytes, '.');
  }
  for (const [name, target] of links) symlinkSync(target, join(folder, name));
  return folder;
}

const within = async (folder: string, options: FolderOptions = { recursive: true }): Promise<string[]> =>
  (await Dataset.fromFolder(folder, options).toArray()).map((file) => file.path.slice(folder.length + 1));

const warningsOf = (folder: string, options: FolderOptions = { recursive: true }): string[] =>
  nodeOf(Dataset.fromFolder(folder, options)).record!.warnings;

const CLUTTER = [
  ...['.DS_Store', '._1.jpg', '.git/config', '.ipynb_checkpoints/1-checkpoint.jpg', '.nfs0001'],
  ...[
    'Thumbs.db',
    'thumbs.db',
    'desktop.ini',
    '__MACOSX/1.jpg',
    '@eaDir/1.jpg',
    'System Volume Information/x',
    'Icon\r',
  ],
];

describe('what is hidden in a folder', () => {
  const folder = folderOf(['1.jpg', 'sub/2.jpg', 'sub/.3.jpg', ...CLUTTER]);

  it('does not count', async () => {
    expect(await within(folder)).toEqual(['1.jpg', 'sub/2.jpg']);
    expect(await within(folder, {})).toEqual(['1.jpg']);
    expect(await within(folder, { recursive: true, extensions: ['.jpg'] })).toEqual(['1.jpg', 'sub/2.jpg']);
    expect(await within(folder, { glob: '**' })).toEqual(['1.jpg', 'sub/2.jpg']);
    expect(Dataset.fromClassFolders(folder).map(({ label }) => label)).toEqual(['sub']);
  });

  it('counts where it is asked for', async () => {
    expect((await within(folder, { recursive: true, hidden: true })).length).toBe(3 + CLUTTER.length);
    expect(await within(folder, { glob: '**/*.jpg', hidden: true })).toEqual([
      ...['._1.jpg', '.ipynb_checkpoints/1-checkpoint.jpg', '1.jpg', '@eaDir/1.jpg', '__MACOSX/1.jpg'],
      ...['sub/.3.jpg', 'sub/2.jpg'],
    ]);
    expect(Dataset.fromClassFolders(folder, { hidden: true }).map(({ label }) => label)).toContain('__MACOSX');
    expect(await within(folder, { glob: '.git/*' })).toEqual(['.git/config']);
    expect(await within(folder, { glob: ['sub/*.jpg', '**/.3.*'] })).toEqual(['sub/.3.jpg', 'sub/2.jpg']);
  });

  it('may be what the folder itself is', async () => {
    const hidden = folderOf(['.data/a.txt']);
    expect(await within(join(hidden, '.data'))).toEqual(['a.txt']);
  });
});

describe('links in a folder', () => {
  it('count as what they lead to', async () => {
    const elsewhere = folderOf(['a.txt', 'deep/b.txt']);
    const folder = folderOf(
      ['own.txt'],
      [
        ['file.txt', join(elsewhere, 'a.txt')],
        ['linked', elsewhere],
      ],
    );
    expect(await within(folder)).toEqual(['file.txt', 'linked/a.txt', 'linked/deep/b.txt', 'own.txt']);
    expect(await within(folder, {})).toEqual(['file.txt', 'own.txt']);
    const [linked] = Dataset.fromClassFolders(folder, { recursive: true });
    expect([linked!.label, linked!.dataset.length]).toEqual(['linked', { kind: 'exact', items: 2 }]);
  });

  it('are followed once where they go round', async () => {
    const folder = folderOf(
      ['sub/a.txt'],
      [
        ['sub/up', '..'],
        ['sub/self', '.'],
      ],
    );
    expect(await within(folder)).toEqual(['sub/a.txt']);
    const [one, two] = [folderOf(['x.txt']), folderOf(['y.txt'])];
    symlinkSync(two, join(one, 'to-two'));
    symlinkSync(one, join(two, 'to-one'));
    expect(await within(one)).toEqual(['to-two/y.txt', 'x.txt']);
  });

  it('are said where they lead nowhere', async () => {
    const folder = folderOf(
      ['a.jpg'],
      [
        ['b.jpg', 'gone.jpg'],
        ['loop.jpg', 'loop.jpg'],
        ['note.txt', 'gone.txt'],
        ['sub', 'gone'],
      ],
    );
    const options = { recursive: true, extensions: ['.jpg'] };
    expect(await within(folder, options)).toEqual(['a.jpg']);
    expect(warningsOf(folder, options)).toEqual([
      'left out, because they cannot be read: b.jpg: a link to what is not there; loop.jpg: a link that leads to itself; sub: a link to what is not there',
    ]);
    expect(warningsOf(folderOf(['a.jpg']))).toEqual([]);
    expect(() => Dataset.fromClassFolders(folder)).toThrow(
      /cannot read b\.jpg: a link to what is not there.*a class may be missing/,
    );
  });
});

describe('a link that is a text file, as Git writes it where a system has none', () => {
  it('is an error where a class would be missing', () => {
    const folder = folderOf(['elsewhere/dog/1.jpg', 'photos/cat/1.jpg']);
    writeFileSync(join(folder, 'photos/dog'), '../elsewhere/dog');
    expect(() => Dataset.fromClassFolders(join(folder, 'photos'))).toThrow(
      'a text file in place of a link to a folder',
    );
    writeFileSync(join(folder, 'photos/dog'), '../elsewhere/bird');
    expect(Dataset.fromClassFolders(join(folder, 'photos')).length).toBe(1);
  });
});

describe('the names in a folder', () => {
  const E_ACUTE = { nfc: '\u00e9', nfd: 'e\u0301' };

  it('may have any characters, also those of patterns', async () => {
    const names = ['a b.txt', 'a\nb.txt', '[1].txt', '{x}.txt', 'weiß.txt', "it's.txt", '日本.txt', '😀.txt'];
    const folder = join(folderOf(names.map((name) => `[set] {1}*/${name}`)), '[set] {1}*');
    expect((await within(folder)).sort()).toEqual([...names].sort());
    expect(await within(folder, { glob: '\\[1\\].txt' })).toEqual(['[1].txt']);
  });

  it('are in one order, and found by a pattern, however Unicode writes them', async () => {
    const orders = Object.values(E_ACUTE).map((e) => folderOf(['f.txt', `${e}.txt`, 'e.txt', 'z.txt']));
    for (const folder of orders) {
      expect((await within(folder)).map((name) => name.normalize('NFC'))).toEqual(['e.txt', 'f.txt', 'z.txt', 'é.txt']);
      for (const e of Object.values(E_ACUTE)) expect((await within(folder, { glob: `${e}.*` })).length).toBe(1);
    }
  });

  it('make labels of classes, which have to differ', () => {
    const classes = Dataset.fromClassFolders(folderOf([`caf${E_ACUTE.nfd}/a.txt`]));
    expect(classes.map(({ label, dataset }) => [label, dataset.length])).toEqual([
      ['café', { kind: 'exact', items: 1 }],
    ]);
    const both = folderOf([`${E_ACUTE.nfd}/a.txt`, `${E_ACUTE.nfc}/a.txt`]);
    expect(() => Dataset.fromClassFolders(both)).toThrow('two folders "é"');
  });

  it.runIf(process.platform === 'linux')('are said where they are not UTF-8', async () => {
    const folder = folderOf(['a.txt', Buffer.from([0x62, 0xff, 0x2e, 0x74])]);
    expect(await within(folder)).toEqual(['a.txt']);
    expect(warningsOf(folder)[0]).toContain('its name is not UTF-8');
  });
});

describe('a folder', () => {
  it.runIf(process.platform !== 'win32')('gives no pipes', async () => {
    const folder = folderOf(['a.txt']);
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    expect(await within(folder)).toEqual(['a.txt']);
  });

  it('may lose a file after it was listed', async () => {
    const folder = folderOf(['a.txt', 'b.txt']);
    const ds = Dataset.fromFolder(folder);
    rmSync(join(folder, 'a.txt'));
    expect((await ds.toArray()).map(({ size }) => size)).toEqual([-1, 1]);
  });
});
