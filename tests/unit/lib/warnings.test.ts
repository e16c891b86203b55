import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { type Host, HOST_KEY, SESSION_KEY } from 'stemma/host';
import { nodeOf } from '../../support/node-of';
import { temporaryFolder } from '../../support/temporary-folder';

const host = globalThis as { [HOST_KEY]?: Partial<Host> };
const temporary = temporaryFolder();
const print = vi.spyOn(console, 'warn').mockImplementation(() => undefined);

/** What was printed since the last call. */
function printed(): string[] {
  const lines = print.mock.calls.map(([line]) => String(line));
  print.mockClear();
  return lines;
}

let executions = 0;

/** A cell, executed once more: what was printed before is forgotten. */
function enterCell(): void {
  const cell = { id: 'a', executionCount: ++executions, source: '' };
  host[HOST_KEY] = { attach: () => undefined, cell: () => cell };
}

beforeEach(() => {
  Reflect.deleteProperty(globalThis, SESSION_KEY);
  enterCell();
  printed();
});

afterEach(() => {
  provenance.recording = true;
  Reflect.deleteProperty(globalThis, HOST_KEY);
});

function folderWithBrokenLink(): string {
  const folder = path.join(mkdtempSync(path.join(temporary, 'of-')), 'photos');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'a.txt'), 'a');
  symlinkSync('gone', path.join(folder, 'b\u001b[31m.txt'));
  return folder;
}

const overlapping = (): Dataset<number> => {
  const shuffled = Dataset.range(9).shuffle('Shuffled');
  shuffled.take(3);
  return shuffled.skip(3, 'Rest');
};

describe.each([
  ['with a record', true],
  ['without one', false],
])('what changes the items of a run is printed %s:', (_, recording) => {
  beforeEach(() => void (provenance.recording = recording));

  it.each<[string, () => unknown, string]>([
    [
      'take and skip that overlap',
      overlapping,
      'stemma: skip "Rest": shuffle "Shuffled" feeds both take and skip, and has another order in each iteration: their items overlap. ' +
        'Use split, or pass reshuffleEachIteration: false',
    ],
    [
      'shards that overlap',
      () => {
        const shuffled = Dataset.range(9).shuffle('Shuffled');
        return [shuffled.shard(0, 2), shuffled.shard(1, 2)];
      },
      'several shards',
    ],
    [
      'parts of batches that change',
      () => Dataset.range(30).shuffle().batch(3).split({ a: 0.5 }),
      'the parts share items. Put split before batch',
    ],
    ['a part without items', () => Dataset.range(3).split({ a: 0.9, b: 0.1 }), 'the part "b" is too small a share'],
    [
      'files that cannot be read',
      () => Dataset.fromFolder(folderWithBrokenLink()),
      'fromFolder "photos": left out, because they cannot be read: b\\u001b[31m.txt: a link to what is not there',
    ],
  ])('%s', (_, declare, text) => {
    declare();
    expect(printed()).toEqual([expect.stringContaining(text)]);
    expect(provenance.document().processes.flatMap(({ warnings = [] }) => warnings)).toHaveLength(recording ? 1 : 0);
  });
});

it('what was asked for, or costs only time, is in the record alone', async () => {
  const zipped = Dataset.zip([Dataset.range(3), Dataset.range(5)], { ends: 'shortest' });
  const cached = Dataset.range(9)
    .filter((n) => n >= 0)
    .cache();
  for (let run = 0; run < 2; run++) await cached.take(2).toArray();
  expect([zipped, cached].map((ds) => nodeOf(ds).record!.warnings.length)).toEqual([1, 1]);
  expect(printed()).toEqual([]);
});

describe('a warning is printed', () => {
  it('once for the same two operations, and once more where the cell runs again', () => {
    for (let epoch = 0; epoch < 5; epoch++) overlapping();
    expect(printed()).toHaveLength(1);
    enterCell();
    overlapping();
    expect(printed()).toHaveLength(1);
  });

  it('for each two operations that are called otherwise', () => {
    for (const name of ['a', 'b']) {
      const shuffled = Dataset.range(9).shuffle(name);
      shuffled.take(1);
      shuffled.skip(1);
    }
    expect(printed()).toHaveLength(2);
  });

  it('with an end to it, where a loop makes ever new ones', () => {
    for (let n = 0; n < 100; n++) {
      const shuffled = Dataset.range(9).shuffle(`shuffle ${n}`);
      shuffled.take(1);
      shuffled.skip(1);
    }
    const lines = printed();
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('stemma: further warnings are not printed');
  });
});

it('the record of operations made in calls of a function has a few warnings, whatever the number of calls', async () => {
  const files = Dataset.range(50).flatMap((n) => {
    const shuffled = Dataset.range(3).shuffle(`shuffle ${n}`);
    return shuffled.take(1).concat(shuffled.skip(1));
  });
  expect(await files.count()).toBe(150);
  const counts = provenance.document().processes.map(({ warnings = [] }) => warnings.length);
  expect(Math.max(...counts)).toBe(8);
});

it('Node has nothing to warn of where many calls, or many runs within one, listen to the signal of a run', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const listens = async (n: number, { signal }: { signal: AbortSignal }): Promise<number> => {
    signal.addEventListener('abort', () => undefined);
    return Promise.resolve(n);
  };
  const calls = Dataset.range(40).map(listens, { concurrency: 20 });
  const runs = Dataset.range(40).interleave((n) => Dataset.range(3).map(() => n), { cycleLength: 20 });
  expect([await calls.count(), await runs.count()]).toEqual([40, 120]);
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
