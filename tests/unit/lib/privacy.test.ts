import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Dataset, provenance, readDocument } from 'stemma';
import { withoutQuotes } from 'stemma-document';
import { withoutHome } from '../../../lib/src/recorder/privacy/privacy';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';
import { inSession, processOf } from '../document/in-session';

/** A person's machine, with things in it that no record may tell. */
const SECRETS = { token: 'hunter2-token', user: 'ada-lovelace' };

describe('every output of a person whose machine has secrets', () => {
  const disk = temporaryFolder();
  const home = join(disk, SECRETS.user);
  const project = join(home, 'work', 'digits');
  const outputs = new Map<string, string>();

  beforeAll(async () => {
    mkdirSync(join(project, 'data'), { recursive: true });
    for (const name of ['1.txt', '2.txt', '3.txt']) writeFileSync(join(project, 'data', name), name);
    writeFileSync(join(project, 'package.json'), '{ "name": "digits" }');
    symlinkSync(inRoot('node_modules'), join(project, 'node_modules'));
    writeFileSync(
      join(project, 'pipeline.ts'),
      `import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentSession } from 'stemma/recorder';
import { Dataset, type PipelineContext, provenance } from 'stemma';

const shown = (value) => {
  const bundle = value[Symbol.for('Jupyter.display')]();
  const picture = Buffer.from(/base64,([^"]+)/.exec(bundle['text/html'])[1], 'base64').toString();
  return { ...bundle, picture };
};

export default ({ folder }: { folder: string }, { shard }: PipelineContext) => {
  const feed = currentSession().feed();
  const files = Dataset.fromFolder(folder)
    .map((file) => ({ ...file, uri: 'file://' + file.path, [file.path]: 1 }), join(folder, 'as label'))
    .map(
      (file) => {
        if (file.name === '2.txt') throw new Error('cannot decode ' + file.path);
        return file.path !== '${home}/other' ? file : null;
      },
      { identifier: 'Decode', onError: 'skip' },
    );
  return files.map((file) => {
    writeFileSync('shown.' + shard.index + '.json', JSON.stringify([shown(files), shown(provenance)]));
    const { processes } = currentSession();
    const live = [feed.take(), [...processes.values()].map((one) => one.output && currentSession().samples(one.output.id))];
    writeFileSync('live.' + shard.index + '.json', JSON.stringify(live));
    return file;
  }, 'Watch');
};
`,
    );
    const stemma = (...args: string[]) =>
      new Promise<void>((resolve) => {
        const child = spawn(process.execPath, [inRoot('lib', 'bin', 'stemma.mjs'), ...args], {
          cwd: project,
          env: { ...process.env, HOME: home, USERPROFILE: home, USER: SECRETS.user, API_TOKEN: SECRETS.token },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let output = '';
        child.stdout.on('data', (chunk) => (output += chunk));
        child.once('close', (code) => {
          outputs.set(args.join(' '), output);
          expect(code, output).toBe(0);
          resolve();
        });
      });
    const folder = join(project, 'data');
    await stemma('run', 'pipeline.ts', '-p', `folder=${folder}`, '--shard', '1/2', '-o', 'a.json');
    await stemma('run', 'pipeline.ts', '-p', `folder=${folder}`, '--shard', '2/2', '-o', 'b.json');
    await stemma('merge', 'a.json', 'b.json', '-o', 'merged.json');
    for (const command of ['show', 'hash']) await stemma(command, 'merged.json');
    await stemma('diff', 'a.json', 'b.json');
    for (const file of readdirSync(project))
      if (/\.json$/.test(file)) outputs.set(file, readFileSync(join(project, file), 'utf8'));
  });

  it('says nothing of the environment variables, the user and the home folder', () => {
    expect([...outputs.keys()]).toEqual(expect.arrayContaining(['live.1.json', 'shown.1.json']));
    for (const [name, text] of outputs) {
      for (const secret of [SECRETS.token, SECRETS.user, home])
        expect(text, `${name} tells ${secret}`).not.toContain(secret);
    }
  });

  it('still says where things are, from the home folder or the project on', () => {
    const document = readDocument(join(project, 'a.json'));
    expect(document.session.notebook).toBe('pipeline.ts');
    expect(document.environment.workingDirectory).toBe('~/work/digits');
    expect(document.session.parameters).toEqual({ folder: '~/work/digits/data' });
    expect(document.processes[0]!.options.path).toBe('~/work/digits/data');
    const { execution, code } = processOf(document, 'Decode');
    expect(execution.skippedItems[0]).toMatchObject({
      message: 'cannot decode ~/work/digits/data/2.txt',
      origin: '~/work/digits/data/2.txt',
    });
    expect(code!.source).toContain("'~/other'");
    expect(outputs.get('live.0.json')).toContain('~/work/digits/data/1.txt');
    expect(outputs.get('shown.0.json')).toContain('~/work/digits/data/as label');
  });
});

describe('the home folder', () => {
  it('becomes ~ where it is one, and only there', () => {
    const home = homedir();
    expect(withoutHome(`${home}/a and file://${home}/b, ${home}`)).toBe('~/a and file://~/b, ~');
    expect(withoutHome({ [`${home}/x`]: [`"${home}"`] })).toEqual({ '~/x': ['"~"'] });
    for (const other of [`/mnt${home}/a`, `${home}2/a`, `${home}.old`, `x${home}`])
      expect(withoutHome(other)).toBe(other);
    const untouched = { a: [1, 'b', null, new Uint8Array(2)] };
    expect(withoutHome(untouched)).toBe(untouched);
  });
});

describe('what a message quotes', () => {
  it.each([
    ['no such person: "Ada"', 'no such person: "…"'],
    [`'A', "it's "Ada"" can't be read`, `"…" can't be read`],
    ['"Ada\nSecret" in `x`', '"…"'],
    ["can't, and won't", "can't, and won't"],
    ['an open "Ada', 'an open "Ada'],
  ])('goes: %j becomes %j', (message, shown) => {
    expect(withoutQuotes(message)).toBe(shown);
  });
});

describe('redaction', () => {
  const fail = () =>
    inSession(async () => {
      const people = Dataset.fromArray([{ name: 'Ada Secret' }, { name: 'Bob Secret' }], {
        identifier: 'People',
        samples: false,
      });
      await people
        .map(
          (person) => {
            if (person.name.startsWith('Ada')) throw new Error('no');
            return person.name.length;
          },
          { identifier: 'Length', onError: 'skip' },
        )
        .forEach(() => {
          throw new Error('never mind');
        }, 'Use')
        .catch(() => undefined);
    });

  it('holds for what failed, too: no input where samples of it are not kept', async () => {
    const document = await fail();
    expect(processOf(document, 'Length').execution.skippedItems).toMatchObject([
      { message: 'no', index: 0, input: null },
    ]);
    expect(document.runs[0]!.failure).toMatchObject({ message: 'never mind', input: '10' });
    expect(JSON.stringify(document)).not.toMatch(/(Ada|Bob) Secret/);
  });

  it('hides what the message of an error quotes', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'people.csv');
    writeFileSync(file, 'name,age\nAda,Secret\n');
    const document = await inSession(async () => {
      await Dataset.fromArray(['Ada Secret'], { identifier: 'Texts', samples: false })
        .map((text) => JSON.parse(text) as unknown, { identifier: 'Parse', onError: 'skip' })
        .count();
      await Dataset.fromCsv(file, { identifier: 'Table', samples: false, types: { age: 'number' } })
        .count('Rows')
        .catch(() => undefined);
    });
    expect(processOf(document, 'Parse').execution.skippedItems).toMatchObject([
      { message: 'Unexpected token "…" is not valid JSON' },
    ]);
    const message = `${file}: column "…", which is not a number`;
    expect(processOf(document, 'Table').execution.failure).toMatchObject({ message });
    expect(document.runs.at(-1)!.failure).toMatchObject({ message });
    const { processes, artifacts, runs } = document;
    const parsed = artifacts.find(({ label }) => label === 'Parse')!;
    expect(JSON.stringify([processes, runs, parsed])).not.toContain('Secret');
  });

  it('holds for the messages of sources, too', async () => {
    const document = await inSession(async () => {
      provenance.settings.redact = () => 'hidden';
      const names = function* () {
        yield 'Ada';
        throw new Error("no such person: 'Ada Secret'");
      };
      await Dataset.fromGenerator(names, 'Names')
        .count()
        .catch(() => undefined);
    });
    expect(processOf(document, 'Names').execution.failure).toMatchObject({ message: 'no such person: "…"' });
    expect(document.runs[0]!.failure).toMatchObject({ message: 'no such person: "…"' });
  });

  it('holds where everything is redacted', async () => {
    const document = await inSession(async () => {
      provenance.settings.redact = () => 'hidden';
      await Dataset.fromArray(['Ada Secret', 'Bob Secret'], 'Names')
        .map((name) => name.length, 'Length')
        .map((length) => {
          if (length > 5) throw new Error('too long');
          return length;
        }, 'Short')
        .toArray()
        .catch(() => undefined);
    });
    expect(document.runs[0]!.failure).toMatchObject({ message: 'too long', input: null });
    expect(processOf(document, 'Short').execution.failure).toMatchObject({ input: null });
    expect(JSON.stringify(document)).not.toContain('Secret');
  });
});
