import { describe, expect, it } from 'vitest';
import { Dataset, type PipelineError, provenance } from 'stemma';

const processOf = (label: string) =>
  provenance
    .document()
    .processes.filter((one) => one.label === label)
    .at(-1)!;

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** 0, 1, 2, … without an end, and what happened to it. */
function counting(): { numbers: Dataset<number>; events: string[] } {
  const events: string[] = [];
  const numbers = Dataset.fromGenerator(function* () {
    try {
      for (let n = 0; ; n++) yield n;
    } finally {
      events.push('closed');
    }
  });
  return { numbers, events };
}

describe('takeWhile', () => {
  it('reads no further than the first item that it leaves out, and closes the source', async () => {
    const { numbers, events } = counting();
    let read = 0;
    const few = numbers.tap(() => read++).takeWhile((n) => n < 3, 'Few');
    expect(await few.toArray()).toEqual([0, 1, 2]);
    expect(read).toBe(4);
    expect(events).toEqual(['closed']);
    expect(processOf('Few')).toMatchObject({
      kind: 'takeWhile',
      execution: { itemsIn: 4, itemsOut: 3, state: 'complete' },
    });
    expect(await few.concat(Dataset.fromArray([9])).toArray()).toEqual([0, 1, 2, 9]);
  });

  it('ends an endless stream, of a length that is not known', async () => {
    const endless = Dataset.range(5).repeat();
    expect(endless.takeWhile((n) => n < 3).length).toEqual({ kind: 'unknown' });
    expect(await endless.takeWhile((n) => n < 3).toArray()).toEqual([0, 1, 2]);
    expect(Dataset.range(5).takeWhile(() => true).length).toEqual({ kind: 'atMost', items: 5 });
    await expect(endless.skipWhile((n) => n < 3).toArray()).rejects.toThrow('never ends');
  });

  it('hears of no error behind its end', async () => {
    const source = Dataset.fromGenerator(function* () {
      yield* [1, 2, 3];
      throw new Error('too far');
    });
    expect(await source.takeWhile((n) => n < 3).toArray()).toEqual([1, 2]);
    await expect(source.takeWhile((n) => n < 4).toArray()).rejects.toThrow('too far');
  });

  it('takes as few as are wanted', async () => {
    let read = 0;
    const ds = Dataset.range(100)
      .tap(() => read++)
      .takeWhile(() => true);
    expect(await ds.take(7).toArray()).toHaveLength(7);
    expect(read).toBe(7);
  });
});

describe('skipWhile', () => {
  it('asks no more once an item has passed', async () => {
    let asked = 0;
    const rest = Dataset.fromArray([1, 2, 5, 1]).skipWhile((n) => (asked++, n < 3), 'Rest');
    for (let epoch = 1; epoch < 3; epoch++) {
      expect(await rest.toArray()).toEqual([5, 1]);
      expect(asked).toBe(3 * epoch);
    }
    expect(processOf('Rest').execution).toMatchObject({ itemsIn: 8, itemsOut: 4 });
    expect(rest.length).toEqual({ kind: 'atMost', items: 4 });
  });
});

describe('scan', () => {
  it('begins at the initial state in each run and each repetition', async () => {
    const lists = Dataset.range(3).scan(
      () => [] as number[],
      (all, n) => {
        all.push(n);
        return all;
      },
    );
    for (let epoch = 0; epoch < 2; epoch++) {
      const [first, , third, fourth, , last] = await lists.repeat(2).toArray();
      expect([third, last]).toEqual([
        [0, 1, 2],
        [0, 1, 2],
      ]);
      expect([first, fourth]).toEqual([third, last]);
      expect(first).not.toBe(fourth);
    }
  });

  it('keeps the length, the origins and the rows', async () => {
    const sums = Dataset.range(4, 'Scanned').scan(10, (sum, n) => sum + n, 'Sums');
    expect(sums.length).toEqual({ kind: 'exact', items: 4 });
    expect(await sums.toArray()).toEqual([10, 11, 13, 16]);
    expect(processOf('Sums')).toMatchObject({
      kind: 'scan',
      execution: { itemsIn: 4, itemsOut: 4, state: 'complete' },
    });
    const check = (sum: number): void => {
      if (sum === 13) throw new Error('thirteen');
    };
    await expect(sums.tap(check).count()).rejects.toMatchObject({ index: 2, origin: 'Scanned item 2' });
    const { a, b } = sums.split({ a: 0.5, b: 0.5 }, { seed: 1 });
    expect([a.length, b.length]).toEqual(Array(2).fill({ kind: 'exact', items: 2 }));
    expect((await Promise.all([a.toArray(), b.toArray()])).flat().sort()).toEqual([10, 11, 13, 16]);
  });

  it('is given a state, not a promise of one', async () => {
    const late = Dataset.range(2, 'rows').scan(async () => 1, (async (sum: never) => sum) as never);
    await expect(late.count()).rejects.toThrow('expected the initial state, got a promise of it; wait for it');
  });
});

describe('what sees one item after the other', () => {
  const numbers = Dataset.range(9, 'rows');
  const failing = (at: number) => (n: number) => {
    if (n === at) throw new RangeError('no good');
    return true;
  };

  it.each([
    ['takeWhile', (fn: (n: number) => unknown) => numbers.takeWhile(fn, 'Bad'), 3],
    ['skipWhile', (fn: (n: number) => unknown) => numbers.skipWhile(fn, 'Bad'), 0],
    ['scan', (fn: (n: number) => unknown) => numbers.scan<unknown>(0, (_, n) => fn(n), 'Bad'), 3],
  ])('%s names the item on which its function fails, now or later', async (kind, apply, before) => {
    const now = failing(3);
    const later = async (n: number): Promise<boolean> => {
      await soon();
      return now(n);
    };
    for (const fn of [now, later]) {
      let items = 0;
      const run = (async () => {
        for await (const _ of apply(fn)) items++;
      })();
      const error = await run.then(
        () => expect.unreachable(),
        (thrown: PipelineError) => thrown,
      );
      expect(error).toMatchObject({ kind, label: 'Bad', index: 3, origin: 'rows item 3', input: '3' });
      expect(error.message).toBe(`${kind} "Bad" failed at item 3 (rows item 3): no good (input: 3)`);
      expect(error.cause).toBeInstanceOf(RangeError);
      expect(items).toBe(before);
    }
    const { execution } = processOf('Bad');
    expect(execution).toMatchObject({ state: 'failed', failed: execution.runs });
  });

  it('waits for promises one by one', async () => {
    let under = 0;
    let most = 0;
    const later = async <T>(value: T): Promise<T> => {
      most = Math.max(most, ++under);
      await soon();
      under--;
      return value;
    };
    expect(await numbers.takeWhile((n) => later(n < 4)).toArray()).toEqual([0, 1, 2, 3]);
    expect(await numbers.skipWhile((n) => later(n < 4)).toArray()).toEqual([4, 5, 6, 7, 8]);
    expect(await numbers.scan(0, (sum, n) => later(sum + n)).toArray()).toEqual([0, 1, 3, 6, 10, 15, 21, 28, 36]);
    expect(most).toBe(1);
  });

  it('sees an abort by its signal', async () => {
    const controller = new AbortController();
    const waiting = numbers.scan(0, async (_, n, { signal }) => {
      setImmediate(() => controller.abort(new Error('enough')));
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return n;
    });
    await expect(waiting.count({ signal: controller.signal })).rejects.toThrow('enough');
  });

  it('takes no options that it does not have', () => {
    for (const call of [
      () => numbers.takeWhile(() => true, { onError: 'skip' } as never),
      () => numbers.scan(0, (sum) => sum, { concurrency: 2 } as never),
    ])
      expect(call).toThrow('expected one of identifier, uses, samples');
  });
});
