import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Dataset, PipelineError } from 'stemma';
import { openFiles } from '../../../support/open-files';
import { temporaryFolder } from '../../../support/temporary-folder';
import { operators } from './table';
import { nodeOf } from '../../../support/node-of';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const upTo = (count: number): number[] => [...Array(count).keys()];

const folder = temporaryFolder();
let files = 0;

/** A file of lines: a source that gives many items at a time, which it waits for. */
function fileOf(lines: readonly unknown[]): string {
  const file = join(folder, `${files++}.jsonl`);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

/** The same numbers from sources of each kind. */
const sources: [string, (items: number[]) => Dataset<number>][] = [
  ['an array', (items) => Dataset.fromArray(items)],
  ['a generator', (items) => Dataset.fromGenerator(() => items.values())],
  ['a file', (items) => Dataset.fromJsonLines<number>(fileOf(items))],
  [
    'asynchronous calls',
    (items) =>
      Dataset.fromArray(items).map(async (n) => {
        if (n % 3 === 0) await soon();
        return n;
      }),
  ],
];

async function iterated(ds: Dataset<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of ds) items.push(item);
  return items;
}

async function thrownBy(run: Promise<unknown>): Promise<Error> {
  return run.then(
    () => expect.unreachable('the run was to fail'),
    (error: Error) => error,
  );
}

describe.each(operators)('$name', ({ apply, array, withFunction }) => {
  it.each(sources)('is what plain array code is, by every sink, from %s', async (_, source) => {
    for (const count of [0, 1, 2, 7, 600]) {
      const items = upTo(count);
      const ds = apply(source(items));
      const result = await ds.toArray();
      if (array !== null) expect(result).toEqual(array(items));
      else for (const item of result) expect(items).toContain(item);
      expect(await iterated(ds)).toHaveLength(result.length);
      expect(await ds.count()).toBe(result.length);
      const { length } = ds;
      if (length.kind === 'exact') expect(result).toHaveLength(length.items);
      if (length.kind === 'atMost') expect(result.length).toBeLessThanOrEqual(length.items);
      expect(length.kind).not.toBe('infinite');
    }
  });

  it('gives the same whatever comes first and however many calls are under way', async () => {
    const expected = await apply(Dataset.range(50)).toArray();
    for (const concurrency of [1, 4, 16]) {
      const late = async (n: number): Promise<number> => {
        for (let i = (n * 7) % 5; i > 0; i--) await soon();
        return n;
      };
      expect(await apply(Dataset.range(50).map(late, { concurrency })).toArray()).toEqual(expected);
    }
  });

  it('ends with the error of the source', async () => {
    for (const at of [0, 5]) {
      const broken = function* (): Generator<number, void, undefined> {
        yield* upTo(at);
        throw new Error('broken pipe');
      };
      const late = async function* (): AsyncGenerator<number, void, undefined> {
        yield* broken();
      };
      for (const [source, message] of [
        [Dataset.fromGenerator<number>(broken, 'socket'), 'broken pipe'],
        [Dataset.fromGenerator<number>(late, 'socket'), 'broken pipe'],
        [Dataset.fromJsonLines<number>(fileOf([...upTo(at), 'broken']), 'socket'), `line ${at + 1} is not valid JSON`],
      ] as const) {
        const ds = apply(source);
        for (const run of [() => ds.skip(100).toArray(), () => iterated(ds.skip(100))]) {
          // Of these only the first four are wanted: the failure comes too late for them.
          if (at === 5 && nodeOf(ds).kind === 'take') continue;
          const error = await thrownBy(run());
          expect(error).toBeInstanceOf(PipelineError);
          expect(error.message).toContain(`"socket" failed at item ${at}: `);
          expect(error.message).toContain(message);
        }
      }
    }
  });

  it('ends where its run is aborted in mid-stream, and closes the source', async () => {
    const controller = new AbortController();
    let closed = 0;
    let opened = 0;
    const endless = Dataset.fromGenerator(async function* () {
      opened++;
      try {
        for (let n = 0; ; n++) {
          if (n === 20) controller.abort(new Error('enough'));
          await soon();
          yield n;
        }
      } finally {
        closed++;
      }
    });
    const run = apply(endless)
      .filter(() => false)
      .toArray({ signal: controller.signal });
    const endsByItself = (array?.(upTo(1000)).length ?? Infinity) < 20;
    if (endsByItself) expect(await run).toEqual([]);
    else expect((await thrownBy(run)).message).toBe('enough');
    for (let i = 0; i < 50 && closed < opened; i++) await soon();
    expect(closed).toBe(opened);
  });

  it('closes the source at an early break', async () => {
    let closed = 0;
    let opened = 0;
    const ds = apply(
      Dataset.fromGenerator(function* () {
        opened++;
        try {
          yield* upTo(20_000);
        } finally {
          closed++;
        }
      }),
    );
    for await (const _ of ds) break;
    expect(opened).toBeGreaterThan(0);
    expect(closed).toBe(opened);
  });

  it('closes a file at an early break, also where it was read ahead', async () => {
    const file = fileOf(upTo(20_000));
    for (const ds of [
      apply(Dataset.fromJsonLines<number>(file)),
      apply(Dataset.fromJsonLines<number>(file).prefetch(9)),
    ]) {
      for await (const _ of ds) break;
      await vi.waitFor(() => expect(openFiles()).not.toContain(file));
    }
  });

  it('ends at a break or an abort while the source waits for what never comes', async () => {
    const controller = new AbortController();
    let came = false;
    let waits = false;
    const source = Dataset.fromGenerator(async function* () {
      yield* upTo(300);
      waits = true;
      setImmediate(() => came || controller.abort(new Error('enough')));
      await new Promise(() => undefined);
    });
    const run = async (): Promise<void> => {
      for await (const _ of apply(source).prefetch(1000).iterate({ signal: controller.signal })) {
        came = true;
        for (let i = 0; i < 1000 && !waits; i++) await soon();
        break;
      }
    };
    const ended = await run().then(
      () => 'break',
      (error: Error) => error.message,
    );
    expect(ended).toBe(came ? 'break' : 'enough');
  });

  if (withFunction !== undefined) {
    const even = (n: number): number => {
      if (n % 2 === 1) throw new RangeError(`odd: ${n}`);
      return n;
    };

    it('names the item on which its function fails', async () => {
      const error = await thrownBy(withFunction(Dataset.range(9, 'rows'), even, { identifier: 'Even' }).toArray());
      expect(error).toBeInstanceOf(PipelineError);
      expect(error).toMatchObject({ label: 'Even', index: 1, origin: 'rows item 1', input: '1' });
      expect(error.cause).toBeInstanceOf(RangeError);
    });

    it('skips what fails, where onError is set', async () => {
      for (const onError of ['skip' as const, (): 'skip' => 'skip']) {
        const ds = withFunction(Dataset.range(300), even, { onError });
        expect(await ds.toArray()).toEqual(upTo(300).filter((n) => n % 2 === 0));
        expect(nodeOf(ds).record!.skipped).toBe(150);
        expect(nodeOf(ds).record!.skippedItems[0]).toMatchObject({ name: 'RangeError', message: 'odd: 1', index: 1 });
        expect(ds.length.kind).not.toBe('exact');
      }
    });

    it('is undisturbed by how many calls are under way', async () => {
      for (const concurrency of [1, 4, 16])
        expect(await withFunction(Dataset.range(40), (n) => n, { concurrency }).toArray()).toEqual(upTo(40));
    });
  }
});
