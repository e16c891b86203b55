import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readDocument } from 'stemma';
import { Session } from '../../../lib/src/recorder/session';
import { projectPath } from '../../../lib/src/recorder/environment/project';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

/** How far the clock of the recorder is ahead: what git said holds for a time that depends on how long it took. */
const ahead = vi.hoisted(() => ({ ms: 0 }));
vi.mock(import('../../../lib/src/util/clock'), async (original) => {
  const clock = await original();
  return { ...clock, now: () => clock.now() + ahead.ms };
});

describe('the environment of a script in a repository', () => {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  mkdirSync(join(folder, 'src'));
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
  // An ES module that loads packages of both kinds, and one that it does not load.
  writeFileSync(
    join(folder, 'src', 'script.mjs'),
    `import { provenance, Dataset } from 'stemma';
import 'fast-check';
import 'ajv';
await Dataset.range(3).count();
await provenance.save(process.argv[2]);
`,
  );
  writeFileSync(join(folder, '.gitignore'), '*.json\nnode_modules\n');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  const run = (name: string, script = 'src/script.mjs') => {
    execFileSync(process.execPath, [script, name], { cwd: folder });
    return readDocument(join(folder, name));
  };

  it('names the versions of the packages that were really loaded, ES modules among them', () => {
    const { packages } = run('packages.json').environment;
    expect(packages).toMatchObject({
      'fast-check': expect.stringMatching(/^\d+\./),
      ajv: expect.stringMatching(/^\d+\./),
    });
    expect(Object.keys(packages)).not.toContain('typescript');
    expect(Object.keys(packages)).toEqual(Object.keys(packages).sort());
  });

  it('names the packages that worker threads have loaded, which decide the pixels', () => {
    writeFileSync(join(folder, 'src', 'worker.mjs'), `import 'fast-check';\nexport const double = (n) => n * 2;\n`);
    writeFileSync(
      join(folder, 'src', 'threads.mjs'),
      `import { Dataset, decodeImage, provenance } from 'stemma';
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
await Dataset.fromArray([svg, svg, svg, svg]).map((image) => decodeImage(image)).count();
await Dataset.range(8).mapInWorkers(new URL('./worker.mjs', import.meta.url), { exportName: 'double' }).count();
await provenance.save(process.argv[2]);
`,
    );
    const { packages } = run('threads.json', 'src/threads.mjs').environment;
    expect(packages).toMatchObject({
      sharp: expect.stringMatching(/^\d+\./) as string,
      'fast-check': expect.stringMatching(/^\d+\./) as string,
    });
    expect(packages).not.toHaveProperty('ajv');
  });

  it('names the commit, whether it was changed since, and the script in its project', () => {
    const commit = git('rev-parse', 'HEAD');
    const clean = run('clean.json');
    expect(clean.environment.git).toEqual({ commit, dirty: false, path: 'src/script.mjs' });
    expect(clean.session.notebook).toBe('src/script.mjs');
    writeFileSync(join(folder, '.gitignore'), '*.json\nnode_modules\n*.log\n');
    expect(run('dirty.json').environment.git).toMatchObject({ commit, dirty: true });
    git('checkout', '.gitignore');
  });

  it('calls a commit dirty that the script is not in', () => {
    writeFileSync(join(folder, 'src', 'other.mjs'), readFileSync(join(folder, 'src', 'script.mjs')));
    expect(run('clean.json').environment.git).toMatchObject({ dirty: false });
    expect(run('untracked.json', 'src/other.mjs').environment.git).toMatchObject({ dirty: true });
  });

  it('looks again for later documents', async () => {
    const script = join(folder, 'src', 'script.mjs');
    const session = new Session({ cell: () => undefined, attach: () => undefined, notebook: () => script });
    const before = readFileSync(script);
    // Asked again where git was too slow to answer.
    const isDirty = (dirty: boolean): Promise<void> =>
      vi.waitFor(
        () => {
          ahead.ms += 3_600_000;
          expect(session.document().environment.git).toMatchObject({ dirty });
        },
        { timeout: 100_000 },
      );
    await isDirty(false);
    writeFileSync(script, '');
    await isDirty(true);
    writeFileSync(script, before);
  });
});

describe('a path in its project', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'project', 'notebooks'), { recursive: true });
  mkdirSync(join(folder, 'loose'));
  writeFileSync(join(folder, 'project', 'pyproject.toml'), '');

  it('begins at the nearest folder of a project, or is the name of the file', () => {
    expect(projectPath(join(folder, 'project', 'notebooks', 'a.ipynb'))).toBe('notebooks/a.ipynb');
    expect(projectPath(join(folder, 'loose', 'b.ipynb'))).toBe('b.ipynb');
  });

  it('is what a document says of the notebook that the host names', () => {
    const notebook = join(folder, 'project', 'notebooks', 'a.ipynb');
    const session = new Session({ cell: () => undefined, attach: () => undefined, notebook: () => notebook });
    expect(session.document().session.notebook).toBe('notebooks/a.ipynb');
    const unknown = new Session({ cell: () => undefined, attach: () => undefined });
    expect(unknown.document().session.notebook).toBeNull();
  });
});
