import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, merge, readDocument } from 'stemma';
import { commandLine } from '../../../lib/src/recorder/environment/command-line';
import { publicRemote } from '../../../lib/src/recorder/privacy/remote-url';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { Session } from '../../../lib/src/recorder/session';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { inSession } from '../document/in-session';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const sha256 = (file: string) =>
  createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex');
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' }).trim();
mkdirSync(join(folder, 'src'));
symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(join(folder, '.gitignore'), 'node_modules\n*.json\n');
writeFileSync(join(folder, 'src', 'double.ts'), 'export const double = (n: number): number => n * 2;\n');
writeFileSync(
  join(folder, 'src', 'pipeline.ts'),
  `import { Dataset, provenance } from 'stemma';
import { double } from './double';

export default ({ redact = false, wait = false, broken = false }) => {
  if (redact) provenance.settings.redact = (value, label) => (label === 'patient' || label === 'src/pipeline.ts' ? null : value);
  return Dataset.range(3, 'Rows').map(async (n) => {
    if (broken) throw new Error('broken');
    if (wait) await new Promise((resolve) => { setTimeout(resolve, 60_000); process.stderr.write('under way'); });
    return double(n);
  });
};
`,
);
git('init', '-q', '-b', 'main');
git('add', '.');
git('commit', '-qm', 'first');

function run(out: string, args: string[] = [], command = inRoot('lib', 'bin', 'stemma.mjs')) {
  const { stderr } = spawnSync(process.execPath, [command, 'run', 'src/pipeline.ts', '-o', out, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  try {
    return readDocument(join(folder, out));
  } catch (error) {
    throw new Error(stderr, { cause: error });
  }
}

describe('the files of a session', () => {
  it('are the module with its text and what it imports, each with its hash', () => {
    const { session, dropped } = run('files.json');
    expect(session.files).toEqual([
      {
        path: 'src/pipeline.ts',
        sha256: sha256('src/pipeline.ts'),
        main: true,
        source: readFileSync(join(folder, 'src', 'pipeline.ts'), 'utf8'),
      },
      { path: 'src/double.ts', sha256: sha256('src/double.ts') },
    ]);
    expect(dropped.files).toBe(0);
  });

  it('are shown as redact says, the parameters, too', () => {
    const { session } = run('redacted.json', ['-p', 'redact=true', 'patient=Ada', 'apiKey=k', 'size=3']);
    expect(session.files![0]).toEqual({ path: 'src/pipeline.ts', sha256: sha256('src/pipeline.ts'), main: true });
    expect(session.parameters).toEqual({ redact: true, patient: null, apiKey: '…', size: 3 });
    expect(session.command).toEqual(
      'stemma run src/pipeline.ts -o redacted.json -p redact=true patient=null apiKey=… size=3'.split(' '),
    );
  });

  it('have no secret at any depth, in the whole document', () => {
    const parameters = ['db={"password":"LEAK","host":"x"}', 'url=https://u:LEAK@h/', '{"list":[{"bearer":"LEAK"}]}'];
    const document = run('secrets.json', ['--no-samples', ...parameters.flatMap((one) => ['-p', one])]);
    expect(document.session.parameters).toEqual({
      db: { password: '…', host: 'x' },
      url: 'https://…@h/',
      list: [{ bearer: '…' }],
    });
    expect(JSON.stringify(document)).not.toContain('LEAK');
  });

  it('are bounded, and what is cut off is counted', () => {
    const script = join(folder, 'src', 'script.ts');
    writeFileSync(
      script,
      `import { provenance } from 'stemma';
import pipeline from './pipeline';
provenance.settings.limits.files = 2;
provenance.settings.limits.sourceText = 8;
await pipeline({}).count();
await provenance.save('script.json');
`,
    );
    execFileSync(
      process.execPath,
      [inRoot('node_modules', 'tsx', 'dist', 'cli.mjs'), 'src/script.ts', '--token', 'x'],
      {
        cwd: folder,
      },
    );
    const { session, dropped } = readDocument(join(folder, 'script.json'));
    expect(session.files).toEqual([
      { path: 'src/script.ts', sha256: sha256('src/script.ts'), main: true, source: 'import {', truncated: true },
      { path: 'src/double.ts', sha256: sha256('src/double.ts') },
    ]);
    expect(dropped.files).toBe(1);
    expect(session.command).toEqual(['node', 'src/script.ts', '--token', '…']);
    // It had not ended when it was saved.
    expect(session.end).toBeUndefined();
  });

  it('are those on which merged sessions agree', async () => {
    const [a, b] = [run('a.json', ['-p', 'size=1']), run('b.json', ['-p', 'size=2'])];
    const { session, contributions } = merge(a, b);
    expect(session.files).toEqual(a.session.files);
    expect(session.command).toBeUndefined();
    expect(contributions!.map(({ session }) => session)).toEqual([a.session, b.session]);
    const other = await inSession(() => Dataset.range(1).count());
    expect(merge(a, other).session.files).toBeUndefined();
  });
});

describe('the end of a session', () => {
  it.each([
    [[], { how: 'completed', exitCode: 0 }],
    [['-p', 'broken=true'], { how: 'failed', exitCode: 1 }],
  ])('is in the document that stemma run writes: %j', (args, end) => {
    expect(run('end.json', args).session.end).toMatchObject(end);
  });

  it.each([
    ['SIGINT', { how: 'interrupted', signal: 'SIGINT', exitCode: 130 }],
    ['SIGTERM', { how: 'signal', signal: 'SIGTERM', exitCode: 143 }],
  ])('is %s where that ended it', (signal, end) => {
    // Sends the signal once the pipeline is under way.
    const parent = join(folder, 'parent.cjs');
    writeFileSync(
      parent,
      `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(inRoot('lib', 'bin', 'stemma.mjs'))}, ...process.argv.slice(2)]);
let sent = false;
child.stderr.on('data', (text) => { if (!sent && String(text).includes('under way')) { sent = true; child.kill('${signal}'); } });
`,
    );
    expect(run(`${signal}.json`, ['-p', 'wait=true'], parent).session.end).toMatchObject(end);
  });

  it('is taken back where a run begins after it', async () => {
    const { session } = await inSession(async () => {
      currentSession().conclude({ how: 'completed' });
      await Dataset.range(1).count();
    });
    expect(session.end).toBeUndefined();
    const ended = new Session(undefined);
    ended.end('over', { how: 'exited', exitCode: 3 });
    expect(ended.document().session.end).toMatchObject({ how: 'exited', exitCode: 3 });
  });
});

describe('the repository of a program', () => {
  it('has its remote without secrets, and the path of the program', () => {
    git('remote', 'add', 'other', 'https://example.org/other.git');
    git('remote', 'add', 'origin', 'https://me:ghp_secret@example.org/team/project.git?token=1#x');
    expect(run('remote.json').environment.git).toMatchObject({
      remote: 'https://example.org/team/project.git',
      path: 'src/pipeline.ts',
    });
    git('config', 'branch.main.remote', 'other');
    expect(run('other.json').environment.git).toMatchObject({ remote: 'https://example.org/other.git' });
  });

  it.each([
    ['git@github.com:team/project.git', 'git@github.com:team/project.git'],
    ['ada@example.org:team/project.git', 'example.org:team/project.git'],
    ['ssh://git@example.org:22/team/project.git', 'ssh://git@example.org:22/team/project.git'],
    ['ssh://ada:pw@example.org/project.git', 'ssh://example.org/project.git'],
    ['https://a:b@c@example.org/project', 'https://example.org/project'],
    ['../project.git', '../project.git'],
    ['ext::sh -c "secret"', null],
    ['https://exa mple', null],
  ])('%s is shown as %s', (address, shown) => expect(publicRemote(address)).toBe(shown));

  it('never shows what stands before the host', () => {
    const word = fc.stringMatching(/^[a-z0-9_:%@-]{4,20}$/).map((text) => `S3CRET${text}`);
    fc.assert(
      fc.property(
        word,
        fc.constantFrom('https://*@h.org/p', 'ssh://*@h.org/p', '*@h.org:p', 'https://u:*@h.org/p?*#*'),
        (secret, form) => {
          expect(publicRemote(form.replaceAll('*', () => secret)) ?? '').not.toContain('S3CRET');
        },
      ),
    );
  });
});

describe('a command line', () => {
  const redact = (value: unknown, label: string): unknown => (label === 'patient' ? '(hidden)' : value);
  it.each([
    [
      ['--patient', 'Ada', '--size', '3'],
      ['--patient', '(hidden)', '--size', '3'],
    ],
    [
      ['--patient=Ada', 'patient=Ada'],
      ['--patient=(hidden)', 'patient=(hidden)'],
    ],
    [
      ['-p', '{"patient":"Ada","db_password":"x","n":1}'],
      ['-p', '{"patient":"(hidden)","db_password":"…","n":1}'],
    ],
    [
      ['--api-key', 'x', '--accessToken=x', 'maxTokens=5'],
      ['--api-key', '…', '--accessToken=…', 'maxTokens=5'],
    ],
    [
      ['https://ada:pw@example.org/data', 'url=s3://key:pw@bucket/x'],
      ['https://…@example.org/data', 'url=s3://…@bucket/x'],
    ],
    [
      ['-p', 'db={"password":"x","host":"h","all":[{"pwd":1}]}', 'n={"a": 1}'],
      ['-p', 'db={"password":"…","host":"h","all":[{"pwd":"…"}]}', 'n={"a": 1}'],
    ],
    [
      ['-p', '{"db":{"bearer":"x","url":"https://u:x@h/"}}', '[{"passphrase":"x"}]', '[ab]*.csv'],
      ['-p', '{"db":{"bearer":"…","url":"https://…@h/"}}', '[{"passphrase":"…"}]', '[ab]*.csv'],
    ],
    [
      ['--params=token=x', '--params={"pw":"x"}', '-ptoken=x', '-p=db={"apiKey":"x"}', '{"url":"https:\\/\\/u:x@h/"}'],
      ['--params=token=…', '--params={"pw":"…"}', '-ptoken=…', '-p=db={"apiKey":"…"}', '{"url":"https://…@h/"}'],
    ],
    [['{"broken'], ['…']],
  ])('%j is shown as %j', (args, shown) => {
    expect(commandLine(['node', '/a/stemma.mjs', ...args], redact)).toEqual(['stemma', ...shown]);
  });

  it('hides what redact cannot show', () => {
    const fails = (): never => {
      throw new Error('no');
    };
    expect(commandLine(['node', '/a/stemma.mjs', '--size', '3', 'x=1'], fails)).toEqual([
      'stemma',
      '--size',
      '…',
      'x=…',
    ]);
  });
});
