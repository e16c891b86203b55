import {
  utimesSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { Dataset } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { nodeOf } from '../../../support/node-of';

/** Counts how often what is before the cache works. */
function counted(count: number, known = true): { calls: () => number; ds: Dataset<number> } {
  let calls = 0;
  const rows = known
    ? Dataset.range(count, 'rows')
    : Dataset.fromGenerator(function* () {
        for (let i = 0; i < count; i++) yield i;
      }, 'rows');
  return { calls: () => calls, ds: rows.map((n) => (calls++, n)) };
}

const kinds: [string, () => { folder?: string; key?: string }][] = [
  ['in memory', () => ({})],
  ['on disk', () => ({ folder: temporaryFolder(), key: 'rows' })],
];

describe.each(kinds)('a cache %s', (_, options) => {
  it.each<[string, (ds: Dataset<number>) => Promise<unknown>]>([
    ['take of all', (ds) => ds.take(10).toArray()],
    ['take of batches', (ds) => ds.batch(5).take(2).toArray()],
    [
      'a loop of as many steps',
      async (ds) => {
        let steps = 0;
        for await (const _batch of ds.batch(4)) if (++steps === 3) break;
      },
    ],
    [
      'a zip with a counter',
      (ds) =>
        Dataset.zip([ds, Dataset.range(3).repeat()])
          .take(10)
          .count(),
    ],
    [
      'calls under way',
      (ds) =>
        ds
          .map(async (n) => n, { concurrency: 4 })
          .take(10)
          .count(),
    ],
  ])('is whole with its last item, where it is known which that is: %s', async (_name, read) => {
    const { calls, ds } = counted(10);
    const cached = ds.cache(options());
    for (let epoch = 0; epoch < 3; epoch++) await read(cached);
    expect(calls()).toBe(10);
    expect(await cached.toArray()).toEqual([...Array(10).keys()]);
    expect(calls()).toBe(10);
    expect(nodeOf(cached).record!.warnings).toEqual([]);
  });

  it('is incomplete before, and warns the second time', async () => {
    const { calls, ds } = counted(10);
    const cached = ds.cache(options());
    await cached.take(3).count();
    expect(nodeOf(cached).record!.warnings).toEqual([]);
    await cached.take(9).count();
    await cached.take(9).count();
    expect(nodeOf(cached).record!.warnings).toEqual([expect.stringContaining('runs end before all items were read')]);
    expect(await cached.count()).toBe(10);
    expect(calls()).toBe(31);
    expect(await cached.count()).toBe(10);
    expect(calls()).toBe(31);
  });

  it('of unknown length is whole at its end', async () => {
    const { calls, ds } = counted(10, false);
    const cached = ds.cache(options());
    await cached.take(10).count();
    expect(await cached.count()).toBe(10);
    expect(await cached.count()).toBe(10);
    expect(calls()).toBe(20);
  });

  it.each([0, 1, 700])('keeps %i items, of three runs at once', async (count) => {
    const { ds } = counted(count);
    const cached = ds.cache(options());
    const all = [...Array(count).keys()];
    expect(await Promise.all([cached.toArray(), cached.toArray(), cached.toArray()])).toEqual([all, all, all]);
    expect(await cached.toArray()).toEqual(all);
  });
});

describe('a cache file', () => {
  const file = (folder: string): string => join(folder, readdirSync(folder)[0]!);

  it('is read whole or not at all: cut anywhere, or with any byte changed, it is an error that names it', async () => {
    const folder = temporaryFolder();
    const make = (): Dataset<unknown> =>
      Dataset.fromArray([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }], 'rows')
        .map(async (item) => item, { concurrency: 2 })
        .cache({ folder, key: 'rows' });
    await make().count();
    const whole = readFileSync(file(folder));
    const fails = async (bytes: Buffer): Promise<void> => {
      writeFileSync(file(folder), bytes);
      const seen: unknown[] = [];
      const error: unknown = await make()
        .forEach((item) => void seen.push(item))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(
        /^cache "cache" failed: the cache "rows" cannot be read: it is .*; delete ".*stemma-cache" and run again/,
      );
      expect(seen.length).toBeLessThanOrEqual(4);
    };
    for (let length = 0; length < whole.length; length++) await fails(whole.subarray(0, length));
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x81;
      await fails(changed);
    }
    await fails(Buffer.concat([whole, Buffer.from('more')]));
    await fails(Buffer.concat([whole, whole]));
    // A length of nearly 4 GiB.
    const huge = Buffer.from(whole);
    huge.writeUInt32LE(0xfffffff0, 'stemma-cache 3\n'.length);
    await fails(huge);
    writeFileSync(file(folder), whole);
    expect(await make().count()).toBe(4);
  });

  it('holds what its key says', async () => {
    const folder = temporaryFolder();
    const cache = (key: string): Dataset<number> => Dataset.range(3).cache({ folder, key });
    await cache('one').count();
    const one = file(folder);
    await cache('two').count();
    const two = readdirSync(folder)
      .map((name) => join(folder, name))
      .find((path) => path !== one)!;
    renameSync(one, two);
    await expect(cache('two').count()).rejects.toThrow(
      'the cache "two" cannot be read: it holds the items of another key',
    );
  });

  it('of another pipeline is an error where its number of items cannot be right', async () => {
    const folder = temporaryFolder();
    const cached = (ds: Dataset<number>): Dataset<number> => ds.cache({ folder, key: 'same' });
    await cached(Dataset.range(10)).count();
    for (const other of [Dataset.range(5), Dataset.range(11), Dataset.range(9).filter(() => true)]) {
      const error = (await cached(other)
        .count()
        .catch((thrown: unknown) => thrown)) as Error;
      expect(error.message).toMatch(
        /^cache "cache" failed: the cache "same" cannot be read: expected (at most )?\d+ items, .* got 10 of another pipeline \(change the key to keep both\); delete ".*stemma-cache" and run again/,
      );
    }
    for (const possible of [Dataset.range(10), Dataset.range(11).filter(() => true), counted(3, false).ds])
      expect(await cached(possible).count()).toBe(10);
  });

  describe('made by other code is read with a warning, on the console and in the record:', () => {
    const rows = (): Dataset<number> => Dataset.range(10, 'rows');
    /** What is said where `now` reads the file that `before` wrote. */
    const said = async (before: Dataset<number>, now: Dataset<number>): Promise<readonly string[]> => {
      const options = { folder: temporaryFolder(), key: `key-${Math.random()}` };
      await before.cache(options).count();
      const print = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      const cached = now.cache(options);
      expect(await cached.count()).toBe(10);
      const { warnings } = nodeOf(cached).record!;
      expect(print.mock.calls.flat().join()).toContain(warnings.join());
      expect(print).toHaveBeenCalledTimes(warnings.length);
      print.mockRestore();
      return warnings;
    };
    const isSaid = (difference: string): unknown => [
      expect.stringContaining(`may hold other items than are made now: ${difference}`),
    ];

    it('another function', async () => {
      const now = rows().map((n) => n * 2, 'scale');
      expect(
        await said(
          rows().map((n) => n * 3, 'scale'),
          now,
        ),
      ).toEqual(isSaid('the function of map "scale" was another one when it was made'));
    });

    it('other options', async () => {
      expect(await said(Dataset.range(0, 10, 1, 'rows'), Dataset.range(5, 15, 1, 'rows'))).toEqual(
        isSaid('the options of range "rows" were others when it was made'),
      );
    });

    it('other operations', async () => {
      expect(
        await said(
          rows(),
          rows().map((n) => n, 'scale'),
        ),
      ).toEqual(isSaid('expected the items of range "rows" → map "scale", got those of range "rows"'));
    });

    it('but not by the same, of several branches, with another seed, concurrency or folder', async () => {
      const made = (concurrency: number): Dataset<number> =>
        rows()
          .take(5)
          .concat(rows().skip(5))
          .shuffle()
          .map((n) => n * 2, { concurrency });
      expect(await said(made(1), made(2))).toEqual([]);
      const files = async (): Promise<Dataset<number>> => {
        const file = join(temporaryFolder(), 'numbers.csv');
        writeFileSync(file, `n\n${[...Array(10).keys()].join('\n')}\n`);
        return Dataset.fromCsv(file).map(({ n }) => Number(n), 'number');
      };
      expect(await said(await files(), await files())).toEqual([]);
    });
  });

  it('is for the eyes of its owner, and leaves nothing beside it', async () => {
    const folder = join(temporaryFolder(), 'deep', 'folder');
    await Dataset.range(3).cache({ folder, key: 'rows' }).count();
    expect(statSync(file(folder)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toHaveLength(1);
    const failing = Dataset.range(3)
      .map((n) => (n === 2 ? () => n : n))
      .cache({ folder, key: 'functions' });
    await expect(failing.count()).rejects.toThrow(/could not be cloned/);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('removes what killed processes left of it, and nothing else', async () => {
    const folder = temporaryFolder();
    const rows = (): Promise<number> => Dataset.range(3).cache({ folder, key: 'rows' }).count();
    await rows();
    const [name] = readdirSync(folder);
    rmSync(join(folder, name!));
    const dayBefore = new Date(Date.now() - 25 * 60 * 60 * 1000);
    const [old, young, other] = [`${name}.1.part`, `${name}.2.part`, 'other.stemma-cache.3.part'];
    for (const part of [old, young, other]) writeFileSync(join(folder, part), '');
    for (const part of [old, other]) utimesSync(join(folder, part), dayBefore, dayBefore);
    await rows();
    expect(readdirSync(folder).sort()).toEqual([name, young, other].sort());
  });

  it('is not a folder or a pipe', async () => {
    const folder = temporaryFolder();
    const cached = Dataset.range(3).cache({ folder, key: 'rows' });
    await cached.count();
    const path = file(folder);
    rmSync(path);
    mkdirSync(path);
    await expect(cached.count()).rejects.toThrow('cannot be read: it is not a file');
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    await expect(cached.count()).rejects.toThrow('cannot be read: it is not a file');
  });

  it('takes no item for another, wherever it stands', async () => {
    class Point {
      constructor(readonly x: number) {}
    }
    const items = Dataset.fromArray([{ x: 0 }, { x: 1 }, new Point(2)]);
    const folder = temporaryFolder();
    await expect(items.cache({ folder, key: 'points' }).count()).rejects.toThrow(
      'an instance of Point would come back',
    );
    expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
  });

  it('says why where it cannot be written', async () => {
    const folder = temporaryFolder();
    const inTheWay = join(folder, 'data');
    writeFileSync(inTheWay, '');
    chmodSync(inTheWay, 0o600);
    await expect(Dataset.range(3).cache({ folder: inTheWay, key: 'rows' }).count()).rejects.toThrow(
      /^cache "cache" failed: .*(EEXIST|ENOTDIR)/,
    );
  });
});
