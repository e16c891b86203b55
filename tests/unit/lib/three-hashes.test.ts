import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, diff, inputsOf, outputDigest, Recorder } from 'stemma';
import { data, otherScale, record, root, type Setup } from './recorded-pipeline';

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
