import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalHash, merge, type ProvenanceDocument, readDocument } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { everywhereNew } from '../../../support/from-the-future';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "name": "pipelines", "type": "module" }');
mkdirSync(join(folder, 'src'));
writeFileSync(join(folder, 'src', 'double.ts'), 'export const double = (n: number): number => n * 2;\n');
writeFileSync(
  join(folder, 'src', 'numbers.ts'),
  `import { Dataset, type PipelineContext } from 'stemma';
import { double } from './double';

interface Parameters {
  count?: number;
  broken?: number;
  name?: string;
  slowMs?: number;
}

export default ({ count = 40, broken = -1, name = 'Double', slowMs = 0 }: Parameters, { shard }: PipelineContext) =>
  Dataset.range(count, 'Numbers')
    .shard(shard.index, shard.count)
    .map(async (n) => {
      if (slowMs > 0 && n === 50) process.stderr.write('under way');
      if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      if (n === broken) throw new RangeError('it is out of range');
      return double(n);
    }, name)
    .batch(5, 'Fives');
`,
);
writeFileSync(
  join(folder, 'src', 'whole.js'),
  "import { Dataset } from 'stemma';\nexport default () => Dataset.range(3);\n",
);
writeFileSync(
  join(folder, 'src', 'chance.js'),
  `import { Dataset } from 'stemma';
export default (_, { shard }) => {
  const { train } = Dataset.range(400, 'Numbers').shuffle().shuffle().split({ train: 0.5, test: 0.5 });
  const noisy = train.shard(shard.index, shard.count).randomMap((n, random) => n + random.next(), 'Noise');
  return Dataset.mix([noisy, train]);
};
`,
);
writeFileSync(
  join(folder, 'src', 'seeded.js'),
  `import { Dataset } from 'stemma';
export default (_, { shard, seed }) => Dataset.range(40).shuffle({ seed: seed + 1 }).shard(shard.index, shard.count);
`,
);
writeFileSync(
  join(folder, 'src', 'write.ts'),
  `import { Dataset, type PipelineModule } from 'stemma';
const pipeline: PipelineModule<{ broken?: number }> = ({ broken = -1 }, { shard }) =>
  Dataset.range(40, 'Numbers')
    .shard(shard.index, shard.count)
    .map((n) => ({ n: n === broken ? NaN : n }))
    .toJsonLines('written.jsonl');
export default pipeline;
`,
);
writeFileSync(join(folder, 'src', 'list.cjs'), 'module.exports = () => [1, 2, 3];\n');
writeFileSync(join(folder, 'src', 'nothing.ts'), 'export const pipeline = 1;\n');
writeFileSync(
  join(folder, 'src', 'forever.ts'),
  "process.stderr.write('under way');\nexport default () => new Promise(() => setInterval(() => {}, 1000));\n",
);
writeFileSync(join(folder, 'src', 'syntax.ts'), 'export default () => {\n  return return;\n};\n');

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `stemma` as a shell would; `watch` sees what it writes on the way. */
function stemma(
  args: string[],
  watch: (child: ReturnType<typeof spawn>) => unknown = () => undefined,
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inRoot('lib', 'bin', 'stemma.mjs'), ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    watch(child);
  });
}

/** Once the pipeline says that it is at work. */
const interruptWith = (signal: NodeJS.Signals) => (child: ReturnType<typeof spawn>) =>
  child.stderr!.on('data', (chunk) => {
    if (`${chunk}`.includes('under way')) child.kill(signal);
  });

const documentIn = (name: string): ProvenanceDocument => readDocument(join(folder, name));
const seedsOf = ({ processes }: ProvenanceDocument) => processes.flatMap(({ options }) => options.seed ?? []);
const executionOf = (document: ProvenanceDocument, label: string) =>
  document.processes.find((process) => process.label === label)!.execution;

describe('what stemma run writes to', () => {
  it('is never the pipeline itself, under whichever name', async () => {
    const source = readFileSync(join(folder, 'src', 'whole.js'), 'utf8');
    symlinkSync('whole.js', join(folder, 'src', 'alias.js'));
    for (const out of ['src/whole.js', 'src/../src/alias.js']) {
      const { code, stderr } = await stemma(['run', 'src/whole.js', '-o', out]);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`cannot save the provenance to "${out}"`)]);
    }
    expect(readFileSync(join(folder, 'src', 'whole.js'), 'utf8')).toBe(source);
  });

  it('is looked at before the run', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const { code, stdout, stderr } = await stemma(['run', 'src/whole.js', '-o', 'fifo']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('expected a regular file, got a FIFO');
  });
});

describe('what is asked for', () => {
  const main = `${process.execPath} ${inRoot('lib', 'bin', 'stemma.mjs')}`;
  const shell = (command: string): { code: number | null; stderr: string } => {
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return { code: status, stderr };
  };

  it('is an error where it cannot be written; who closes a pipe has read enough', async () => {
    expect(await stemma(['run', 'src/whole.js', '-o', 'shown.json'])).toMatchObject({ code: 0 });
    for (const command of [
      'show shown.json',
      'diff shown.json shown.json',
      'hash shown.json',
      'export shown.json -f mermaid',
      'run src/whole.js -o shown.json',
      '--help',
      'help show',
      'show --help',
      '--version',
    ]) {
      const full = shell(`${main} ${command} > /dev/full`);
      expect(full).toEqual({ code: 1, stderr: expect.stringContaining('stemma: cannot write the output: ENOSPC') });
    }
    expect(shell(`${main} show shown.json | true`)).toEqual({ code: 0, stderr: '' });
    expect(shell(`${main} --help > /dev/null`)).toEqual({ code: 0, stderr: '' });
    expect(shell(`${main} show > /dev/null`)).toEqual({ code: 1, stderr: expect.stringContaining("argument 'file'") });
    const kernel = `${process.execPath} ${inRoot('kernel-bridge', 'dist', 'cli.js')}`;
    expect(shell(`${kernel} --help > /dev/full`)).toEqual({
      code: 1,
      stderr: expect.stringContaining('stemma-kernel: cannot write the output: ENOSPC'),
    });
    expect(shell(`${kernel} --help | true`)).toEqual({ code: 0, stderr: '' });
  });

  it('is a module: a FIFO, which nobody writes to, a device and a folder are refused', async () => {
    execFileSync('mkfifo', [join(folder, 'module')]);
    for (const [module, kind] of [
      ['module', 'a FIFO'],
      ['/dev/zero', 'a device'],
      ['src', 'a folder'],
    ] as const) {
      const { code, stderr } = await stemma(['run', module]);
      expect([code, stderr.trim()]).toEqual([1, `stemma: cannot run "${module}": expected a module, got ${kind}`]);
    }
  });
});

describe('stemma run', () => {
  it('runs a TypeScript module with its imports, writes the record and prints a table', async () => {
    const { code, stdout, stderr } = await stemma([
      'run',
      'src/numbers.ts',
      '--params',
      'count=12',
      'name=Twice',
      '--out',
      'a.json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/│ map "Twice" +│ complete │ +12 │ +12 │/);
    expect(stdout).toMatch(/│ batch "Fives" +│ complete │ +12 │ +3 │/);
    expect(stdout).toContain('provenance written to a.json');
    const document = documentIn('a.json');
    // Which sentence it is depends on how busy the machine is.
    expect(stdout).toContain(document.runs.at(-1)!.diagnosis);
    expect(document.session).toMatchObject({ notebook: 'src/numbers.ts', parameters: { count: 12, name: 'Twice' } });
    expect(document.session.shard).toBeUndefined();
    expect(document.runs).toMatchObject([{ state: 'complete' }]);
    expect(document.processes[2]!.code!.source).toContain('n === broken');
  });

  it('takes parameters as JSON, later ones over earlier ones, and names the record after the module', async () => {
    const { code } = await stemma(['run', 'src/numbers.ts', '-p', '{"count": 9, "name": "x"}', '-p', 'name="7"']);
    expect(code).toBe(0);
    expect(documentIn('numbers.provenance.json').session.parameters).toEqual({ count: 9, name: '7' });
  });

  it('names only the lines of the module where a declaration fails', async () => {
    writeFileSync(
      join(folder, 'src/missing.ts'),
      `import { Dataset } from 'stemma';\nexport default () =>\n  Dataset.fromCsv('nope.csv');\n`,
    );
    const { code, stderr } = await stemma(['run', 'src/missing.ts', '-o', 'missing.json']);
    const lines = stderr.trimEnd().split('\n');
    const frames = lines.filter((line) => /^ +at /.test(line));
    expect([code, stderr]).toEqual([1, expect.stringContaining('stemma: fromCsv cannot read "nope.csv"')]);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatch(/src\/missing\.ts:3:11\)?$/);
  });

  it('fails with 1, the line that failed, and a record of what happened', async () => {
    const { code, stderr } = await stemma(['run', 'src/numbers.ts', '-p', 'broken=11', '-o', 'failed.json']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'stemma: map "Double" failed at item 11 (Numbers item 11): it is out of range (input: 11)',
    );
    expect(stderr).toMatch(/src\/numbers\.ts:17:31\)?$/m);
    expect(stderr).not.toMatch(/node_modules|lib\/dist/);
    const document = documentIn('failed.json');
    expect(document.runs).toMatchObject([{ state: 'failed', failure: { message: 'it is out of range' } }]);
    expect(executionOf(document, 'Double')).toMatchObject({ state: 'failed', failed: 1, itemsOut: 11 });
  });

  it('leaves a true record when it is interrupted: aborted, with exact counts', async () => {
    const args = ['run', 'src/numbers.ts', '-p', 'count=1000000', 'slowMs=2', '-o', 'interrupted.json'];
    const { code, stdout, stderr } = await stemma(args, interruptWith('SIGINT'));
    expect(code).toBe(130);
    expect(stderr).toContain('stemma: the run was interrupted (SIGINT)');
    expect(stdout).toContain('provenance written to interrupted.json');
    const document = documentIn('interrupted.json');
    expect(document.runs).toMatchObject([
      { state: 'aborted', failure: { message: 'the run was interrupted (SIGINT)' } },
    ]);
    const [numbers, double, fives] = ['Numbers', 'Double', 'Fives'].map((label) => executionOf(document, label));
    expect(numbers!.state).toBe('aborted');
    expect(double!.itemsIn).toBe(numbers!.itemsOut);
    expect(fives!.itemsIn).toBe(double!.itemsOut);
    expect(double!.itemsIn).toBeLessThan(1_000_000);
  });

  it.each([
    ['toFolder', 'folder'],
    ['toJsonLines', 'rows.jsonl'],
    ['toWebDataset', 'rows.tar'],
  ])('records %s, which the module waits for itself, as aborted', async (kind, name) => {
    writeFileSync(
      join(folder, 'src', `${kind}.js`),
      `import { Dataset } from 'stemma';
export default () =>
  Dataset.range(10_000_000, 'Numbers')
    .tap((n) => n === 50 && process.stderr.write('under way'))
    .map((n) => (${kind === 'toFolder'} ? String(n) : { txt: String(n) }), 'Texts')
    .${kind}('interrupted-${name}');
`,
    );
    const out = `${kind}.json`;
    const { code } = await stemma(['run', `src/${kind}.js`, '-o', out], interruptWith('SIGINT'));
    expect(code).toBe(130);
    const document = documentIn(out);
    expect(document.session.end).toMatchObject({ how: 'interrupted', exitCode: 130 });
    expect(document.runs).toMatchObject([
      { state: 'aborted', failure: { message: 'the run was interrupted (SIGINT)' } },
    ]);
    expect(document.processes.map(({ execution }) => execution.state)).toEqual(document.processes.map(() => 'aborted'));
    const sink = document.processes.find((process) => process.kind === kind)!.execution;
    expect(sink.itemsIn).toBeGreaterThan(0);
    expect(sink.itemsIn).toBeLessThanOrEqual(executionOf(document, 'Texts').itemsOut);
    expect(readdirSync(folder).filter((file) => file.includes(`interrupted-${name}`))).toEqual([]);
  });

  it('leaves its record when the terminal is lost', async () => {
    const args = ['run', 'src/numbers.ts', '-p', 'count=1000000', 'slowMs=2', '-o', 'lost.json'];
    const { code } = await stemma(args, interruptWith('SIGHUP'));
    expect(code).toBe(129);
    expect(documentIn('lost.json').runs).toMatchObject([
      { state: 'aborted', failure: { message: 'the run was interrupted (SIGHUP)' } },
    ]);
  });

  it('leaves its record when something is thrown that nothing catches', async () => {
    writeFileSync(
      join(folder, 'src', 'late.ts'),
      `import { Dataset } from 'stemma';
setTimeout(() => {
  throw new RangeError('too late');
}, 50);
export default () =>
  Dataset.range(1000, 'Slow').map(async (n) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return n;
  });
`,
    );
    const { code, stderr } = await stemma(['run', 'src/late.ts', '-o', 'late.json']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing caught: too late')]);
    expect(stderr).toContain('late.ts:3');
    expect(documentIn('late.json').runs).toMatchObject([{ state: 'failed' }]);
  });

  it('ends a module that never resolves when it is interrupted', async () => {
    const { code, stderr } = await stemma(['run', 'src/forever.ts'], interruptWith('SIGTERM'));
    expect(code).toBe(143);
    expect(stderr).toContain('the run was interrupted (SIGTERM)');
  });

  it('shows on a terminal how far it is', async () => {
    const main = `${process.execPath} ${inRoot('lib', 'bin', 'stemma.mjs')}`;
    const shown = await new Promise<string>((resolve, reject) => {
      const command = `${main} run src/whole.js -o bar.json`;
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.once('error', reject);
      child.once('close', () => resolve(output));
    });
    expect(shown).toMatch(/whole\.js 0 items/);
  });

  it.each([
    ['src/none.ts', [], 'there is no file "src/none.ts" (looked for at'],
    ['src/nothing.ts', [], '"src/nothing.ts" has no function as its default export; write: export default (params)'],
    [
      'src/list.cjs',
      [],
      'the default export of "src/list.cjs" returned a list: expected a Dataset, what a sink that writes files returned, or metrics (an object of numbers)',
    ],
    ['src/syntax.ts', [], 'syntax.ts'],
    ['src/whole.js', ['--shard', '1/2'], 'write: export default (params, { shard }) =>'],
    ['src/whole.js', ['--shard', '9/8'], '"9/8" is not a part of a whole: 1/8 is the first of eight'],
    ['src/chance.js', ['--shard', '1/2'], 'shuffle "shuffle" has no seed, and each shard would draw another one'],
    ['src/seeded.js', ['--shard', '1/2'], '"src/seeded.js" takes its seed from stemma run: give all shards the same'],
    ['src/whole.js', ['--seed', '1.5'], '"1.5" is not a seed: a whole number'],
    ['src/whole.js', ['--params', 'count'], '"count" is neither name=value nor a JSON object'],
    ['src/whole.js', ['--params', '{"count"}'], 'is not a JSON object'],
    ['src/whole.js', ['--out', 'no/such/folder.json'], 'cannot save the provenance to "no/such/folder.json"'],
  ])('says what is wrong with %s %j', async (module, options, message) => {
    const { code, stdout, stderr } = await stemma(['run', module, ...options]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('gives each operation without a seed one that follows from its own, so that shards agree and a run can be repeated', async () => {
    const run = async (out: string, ...options: string[]): Promise<ProvenanceDocument> => {
      expect(await stemma(['run', 'src/chance.js', '-o', out, ...options])).toMatchObject({ code: 0, stderr: '' });
      return documentIn(out);
    };
    const drawn = await run('drawn.json');
    const { seed } = drawn.session;
    expect(new Set(seedsOf(drawn))).toHaveProperty('size', 5);
    const again = ['--seed', `${seed}`];
    const parts = [
      await run('chance-1.json', '--shard', '1/2', ...again),
      await run('chance-2.json', '--shard', '2/2', ...again),
    ];
    for (const part of parts) expect(seedsOf(part)).toEqual(seedsOf(drawn));
    const merged = merge(parts[0]!, parts[1]!);
    expect(merged.session.seed).toBe(seed);
    expect(canonicalHash(merged)).toBe(canonicalHash(drawn));
    expect(executionOf(merged, 'Noise').itemsIn).toBe(executionOf(drawn, 'Noise').itemsIn);
    expect(seedsOf(await run('other.json', '--seed', '-7'))).not.toEqual(seedsOf(drawn));
  });

  it('reads documents of later versions, and says what to do about those of the next', async () => {
    await stemma(['run', 'src/numbers.ts', '-o', 'now.json']);
    const { checksum: _, ...now } = JSON.parse(readFileSync(join(folder, 'now.json'), 'utf8')) as ProvenanceDocument;
    const later = everywhereNew(now, 5);
    writeFileSync(join(folder, 'later.json'), JSON.stringify(later));
    writeFileSync(join(folder, 'next.json'), JSON.stringify({ ...now, version: '2.0' }));
    expect(await stemma(['show', 'later.json'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('brand-new'),
    });
    expect(await stemma(['diff', 'now.json', 'later.json'])).toMatchObject({ code: 0 });
    expect(await stemma(['merge', 'now.json', 'later.json', '-o', 'both.json'])).toMatchObject({ code: 0 });
    expect(documentIn('both.json').version).toBe('1.7');
    for (const command of [['show'], ['hash'], ['diff', 'now.json'], ['merge', '-o', 'none.json', 'now.json']])
      expect(await stemma([...command, 'next.json'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          '"next.json" has version 2.0 of the format; this Stemma reads 1.x: update Stemma',
        ),
      });
  });

  it('tells a pipeline its seed, and shows it afterwards', async () => {
    await stemma(['run', 'src/seeded.js', '--seed', '41', '-o', 'seeded.json']);
    expect(seedsOf(documentIn('seeded.json'))).toEqual([42]);
    expect((await stemma(['show', 'seeded.json'])).stdout).toMatch(/^src\/seeded\.js, seed 41, 1 run, /);
  });

  it('keeps no samples where the option is set', async () => {
    expect((await stemma(['run', 'src/whole.js', '--no-samples', '-o', 'quiet.json'])).code).toBe(0);
    expect(documentIn('quiet.json').artifacts[0]!.execution).toMatchObject({ samples: [], schemaText: "'int'" });
  });
});

describe('documents on the command line', () => {
  it('runs a pipeline that writes its file itself, a part for each shard', async () => {
    const whole = await stemma(['run', 'src/write.ts', '-o', 'written.json']);
    expect([whole.code, whole.stderr]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'written.jsonl'), 'utf8').split('\n')).toHaveLength(41);
    for (const part of [1, 2])
      expect((await stemma(['run', 'src/write.ts', '--shard', `${part}/2`, '-o', `written-${part}.json`])).code).toBe(
        0,
      );
    const second = readFileSync(join(folder, 'written-00001-of-00002.jsonl'), 'utf8');
    expect(second.split('\n').slice(0, 2)).toEqual(['{"n":1}', '{"n":3}']);
    const merged = merge(documentIn('written-1.json'), documentIn('written-2.json'));
    const file = merged.artifacts.find(({ kind }) => kind === 'file')!;
    expect(file.execution.items).toBe(40);
    expect(file.execution.written!.map(({ path, items }) => [path, items])).toEqual([
      ['written-00000-of-00002.jsonl', 20],
      ['written-00001-of-00002.jsonl', 20],
    ]);
    const broken = await stemma(['run', 'src/write.ts', '-p', 'broken=3', '-o', 'broken.json']);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('the field "n" is NaN, which JSON cannot hold');
  });

  it('runs shards one by one, which merge to the same bytes in any order and hash as the whole', async () => {
    const parts = ['1', '2', '3'].map((part) => `part-${part}.json`);
    for (const [index, out] of parts.entries())
      expect((await stemma(['run', 'src/numbers.ts', '--shard', `${index + 1}/3`, '-o', out])).code).toBe(0);
    await stemma(['run', 'src/numbers.ts', '-o', 'all.json']);
    expect(documentIn('part-3.json').session.shard).toEqual({ index: 2, count: 3 });
    const merged = await stemma(['merge', ...parts, '-o', 'merged.json']);
    expect(merged).toMatchObject({ code: 0, stdout: '3 sessions merged to merged.json\n' });
    await stemma(['merge', ...parts.reverse(), '--out', 'reversed.json']);
    expect(readFileSync(join(folder, 'reversed.json'))).toEqual(readFileSync(join(folder, 'merged.json')));
    expect(executionOf(documentIn('merged.json'), 'Double').itemsOut).toBe(40);
    expect(documentIn('merged.json')).toEqual(
      merge(documentIn(parts[0]!), documentIn(parts[1]!), documentIn(parts[2]!)),
    );

    const { stdout } = await stemma(['hash', 'merged.json', 'all.json', parts[0]!]);
    const hash = canonicalHash(documentIn('all.json'));
    const lines = stdout.split('\n').filter((line) => line.includes('  definition  '));
    expect(lines).toEqual(['merged.json', 'all.json', parts[0]].map((file) => `${hash}  definition  ${file}`));
    expect(stdout.match(/^[0-9a-f]{64} {2}(?:inputs|output) {6}\S+$/gm)).toHaveLength(6);
    expect((await stemma(['diff', 'merged.json', 'all.json', '--exit-code'])).code).toBe(0);
    expect((await stemma(['show', 'merged.json'])).stdout).toMatch(
      /^src\/numbers\.ts, 3 sessions, 3 runs, [^]*map "Double"[^]*definition [0-9a-f]{64}\ninputs {5}[0-9a-f]{64}\noutput {5}[0-9a-f]{64}\n/,
    );
  });

  it('shows what differs between two runs', async () => {
    await stemma(['run', 'src/numbers.ts', '-p', 'count=10', '-o', 'ten.json']);
    await stemma(['run', 'src/numbers.ts', '-p', 'count=20', 'name=Twice', '-o', 'twenty.json']);
    const { code, stdout } = await stemma(['diff', 'ten.json', 'twenty.json']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ ~ │ map "Twice" +│ label +│ Double +│ Twice +│/);
    expect(stdout).toMatch(/│ itemsOut +│ 10 +│ 20 +│/);
    expect(stdout).toContain('the definitions differ');
    expect((await stemma(['diff', 'ten.json', 'twenty.json', '--exit-code'])).code).toBe(1);
  });

  it('says where a document is broken', async () => {
    const broken = JSON.parse(readFileSync(join(folder, 'ten.json'), 'utf8')) as { processes: { role: unknown }[] };
    broken.processes[1]!.role = 7;
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(broken));
    const { code, stderr } = await stemma(['merge', 'ten.json', 'broken.json', '-o', 'never.json']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'stemma: processes[1].role: expected "source" or "operation" or "sink" or a string, got 7',
    );
    expect(existsSync(join(folder, 'never.json'))).toBe(false);
  });

  it('explains itself', async () => {
    const { code, stdout } = await stemma(['--help']);
    expect(code).toBe(0);
    for (const name of ['run', 'merge', 'hash', 'diff', 'show']) expect(stdout).toContain(`\n  ${name} `);
    expect((await stemma(['run'])).code).toBe(1);
  });
});

describe('a document that tries to control the terminal', () => {
  const hostile =
    '\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u001b]8;;http://x\u001b\\\\\u0085\u202Eevil\u2066\nforged row\r│';

  it('is printed as text by all commands, in few characters', async () => {
    await stemma(['run', 'src/numbers.ts', '-p', 'count=5', '-o', 'plain.json']);
    const document = documentIn('plain.json');
    for (const process of document.processes) {
      process.kind = process.label = hostile + 'x'.repeat(100_000);
      process.options['size'] = hostile;
    }
    document.session.notebook = hostile;
    document.runs[0]!.diagnosis = `${hostile}: ${hostile}`;
    writeFileSync(join(folder, `hostile\u001b[2J.json`), JSON.stringify(document));
    for (const args of [
      ['show', 'hostile\u001b[2J.json'],
      ['diff', 'plain.json', 'hostile\u001b[2J.json'],
      ['hash', 'hostile\u001b[2J.json'],
      ['merge', 'hostile\u001b[2J.json', '-o', 'merged\u001b[2J.json'],
      ['show', 'none\u001b[2J.json'],
      ['run', 'none\u001b[2J.ts'],
    ]) {
      const { stdout, stderr } = await stemma(args);
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(stdout).not.toMatch(/^forged row/m);
      expect(stdout.length + stderr.length).toBeLessThan(20_000);
    }
  });
});

describe('stemma export', () => {
  it('prints a format, or writes its files, never over others', async () => {
    await stemma(['run', 'src/numbers.ts', '-o', 'numbers.provenance.json']);
    const printed = await stemma(['export', 'numbers.provenance.json', '--format', 'mermaid']);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toMatch(/^flowchart TD\n/);
    const args = ['export', 'numbers.provenance.json', '-f', 'mermaid', '--out', 'exported'];
    expect(await stemma(args)).toMatchObject({ code: 0, stdout: `written to ${join('exported', 'numbers.mmd')}\n` });
    expect(readFileSync(join(folder, 'exported', 'numbers.mmd'), 'utf8')).toBe(printed.stdout);
    expect(await stemma(args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force replaces it') as string,
    });
    expect((await stemma([...args, '--force'])).code).toBe(0);
  });

  it('says which formats there are', async () => {
    const { code, stderr } = await stemma(['export', 'numbers.provenance.json', '--format', 'dot']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Allowed choices are json, mermaid');
  });
});
