import { describe, expect, it } from 'vitest';
import { Dataset, PipelineError } from 'stemma';
import { nodeOf } from '../../support/node-of';

const caught = async (promise: Promise<unknown>): Promise<PipelineError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PipelineError);
  return error as PipelineError;
};

describe('map', () => {
  it('maps none, one and many', async () => {
    const double = (n: number): number => n * 2;
    expect(await Dataset.range(0).map(double).toArray()).toEqual([]);
    expect(await Dataset.range(1).map(double).toArray()).toEqual([0]);
    expect(await Dataset.range(1000).map(double).toArray()).toEqual(Array.from({ length: 1000 }, (_, i) => i * 2));
  });

  it('waits for promises and keeps the order at any concurrency', async () => {
    const slowFirst = async (n: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, n % 3 === 0 ? 4 : 0));
      return n;
    };
    for (const concurrency of [1, 4, 16])
      expect(await Dataset.range(40).map(slowFirst, { concurrency }).toArray()).toEqual([...Array(40).keys()]);
  });

  it('never has more calls under way than its concurrency', async () => {
    let now = 0;
    let most = 0;
    const fn = async (n: number): Promise<number> => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return n;
    };
    await Dataset.range(100).map(fn, { concurrency: 3 }).count();
    expect(most).toBe(3);
  });

  it('gives its function the item and the context, and nothing else', async () => {
    const seen: number[] = [];
    const note = (...given: unknown[]): number => seen.push(given.length);
    const noteLater = async (...given: unknown[]): Promise<number> => note(...given);
    const items = Dataset.range(3);
    for (const fn of [note, noteLater] as ((...given: unknown[]) => number)[]) {
      await items.map(fn).count();
      await items.filter(fn).count();
      await items.tap(fn).count();
      await items.flatMap((...given) => [fn(...given)]).count();
    }
    expect(new Set(seen)).toEqual(new Set([2]));
  });

  it('takes a function that returns sometimes a value, sometimes a promise', async () => {
    const sometimes = (n: number): number | Promise<number> => (n % 2 === 0 ? n : Promise.resolve(n));
    expect(await Dataset.range(50).map(sometimes).toArray()).toEqual([...Array(50).keys()]);
  });

  it('names the operation, the item and its origin when the function throws', async () => {
    const parse = (text: string): number => {
      if (text === '31/31/2020') throw new RangeError('Invalid time value');
      return 1;
    };
    const error = await caught(Dataset.fromArray(['a', 'b', '31/31/2020'], 'orders').map(parse, 'parseDate').toArray());
    expect(error.message).toBe(
      `map "parseDate" failed at item 2 (orders item 2): Invalid time value (input: "31/31/2020"); to leave out what fails, pass onError: 'skip'`,
    );
    expect(error).toMatchObject({ kind: 'map', label: 'parseDate', index: 2, origin: 'orders item 2' });
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  it('blames the row of the source, not the place in the filtered stream', async () => {
    const fail = (n: number): number => {
      if (n === 6) throw new Error('no sixes');
      return n;
    };
    const error = await caught(
      Dataset.range(10, 'rows')
        .filter((n) => n % 2 === 0)
        .map(fail)
        .toArray(),
    );
    expect(error).toMatchObject({ index: 3, origin: 'rows item 6' });
  });

  it('says where it failed, whatever the message of the error is', async () => {
    const odd = Object.assign(new Error(), { message: { code: 7 } });
    const run = Dataset.range(2)
      .map(() => {
        throw odd;
      }, 'Odd')
      .toArray();
    await expect(run).rejects.toThrow('map "Odd" failed at item 0 (range item 0): {code: 7}');
  });

  it('emits the items before the one that fails', async () => {
    const untilSeven = (n: number): number => {
      if (n === 7) throw new Error('seven');
      return n;
    };
    const rows = Dataset.range(20);
    for (const ds of [rows.map(untilSeven), rows.map(async (n) => untilSeven(n))]) {
      const seen: number[] = [];
      await caught(ds.forEach((n) => seen.push(n)));
      expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it('leaves failing items out on request', async () => {
    const odd = (n: number): number => {
      if (n % 2 === 0) throw new Error('even');
      return n;
    };
    expect(await Dataset.range(300).map(odd, { onError: 'skip' }).count()).toBe(150);
    expect(
      await Dataset.range(300)
        .map(async (n) => odd(n), { onError: 'skip' })
        .count(),
    ).toBe(150);
    const seen: unknown[] = [];
    const handler = (_: Error, item: unknown): 'skip' => {
      seen.push(item);
      return 'skip';
    };
    await Dataset.range(5).map(odd, { onError: handler }).count();
    expect(seen).toEqual([0, 2, 4]);
  });

  it('names the operation and the item where the handler of errors throws', async () => {
    const odd = (n: number): number => {
      if (n === 2) throw new Error('even');
      return n;
    };
    const onError = (): never => {
      throw new TypeError('the log is closed');
    };
    const rows = Dataset.range(5, 'rows');
    const options = { onError, identifier: 'Odd' };
    for (const ds of [rows.map(odd, options), rows.map(async (n) => odd(n), options)]) {
      const error = await caught(ds.toArray());
      expect(error.message).toBe(
        'map "Odd" failed at item 2 (rows item 2): the log is closed (input: 2); onError threw this when called with: even',
      );
      expect(error.cause).toBeInstanceOf(TypeError);
      expect(nodeOf(ds).record).toMatchObject({ state: 'failed', failed: 1 });
    }
    const rethrow = (error: Error): never => {
      throw error;
    };
    expect((await caught(Dataset.range(5).map(odd, { onError: rethrow }).count())).message).toContain(
      'even (input: 2)',
    );
  });

  it('leaves out failing items in the middle of a chunk without disturbing the others', async () => {
    const fn = (n: number): number => {
      if (n % 10 === 3) throw new Error('three');
      return n * 10;
    };
    const expected = [...Array(600).keys()].filter((n) => n % 10 !== 3).map((n) => n * 10);
    expect(await Dataset.range(600).map(fn, { onError: 'skip' }).toArray()).toEqual(expected);
  });
});

describe('filter', () => {
  it('keeps what the predicate is true for, synchronous or not', async () => {
    const expected = [...Array(500).keys()].filter((n) => n % 3 === 0);
    expect(
      await Dataset.range(500)
        .filter((n) => n % 3 === 0)
        .toArray(),
    ).toEqual(expected);
    expect(
      await Dataset.range(500)
        .filter(async (n) => n % 3 === 0)
        .toArray(),
    ).toEqual(expected);
  });

  it('gives nothing where nothing passes', async () => {
    expect(
      await Dataset.range(5000)
        .filter(() => false)
        .toArray(),
    ).toEqual([]);
    expect(
      await Dataset.range(100)
        .filter(async () => false)
        .toArray(),
    ).toEqual([]);
  });
});

describe('take and skip', () => {
  it('calls an expensive function no more often than it must', async () => {
    for (const make of [
      (count: () => number) => Dataset.range(1000).map(() => count()),
      (count: () => number) => Dataset.range(1000).map(async () => count(), { concurrency: 16 }),
    ]) {
      let calls = 0;
      await make(() => ++calls)
        .take(5)
        .toArray();
      expect(calls).toBe(5);
    }
  });

  it('reads no more of a generator than it needs, and closes it', async () => {
    let read = 0;
    let closed = false;
    const ds = Dataset.fromGenerator(function* () {
      try {
        for (;;) yield read++;
      } finally {
        closed = true;
      }
    });
    expect(
      await ds
        .map((n) => n)
        .batch(2)
        .take(3)
        .toArray(),
    ).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(read).toBe(6);
    expect(closed).toBe(true);
  });

  it('skip leaves out the first, more than there are too', async () => {
    expect(await Dataset.range(5).skip(3).toArray()).toEqual([3, 4]);
    expect(await Dataset.range(5).skip(9).toArray()).toEqual([]);
    expect(await Dataset.range(5).take(0).toArray()).toEqual([]);
  });

  it('refuses a count that is none', () => {
    expect(() => Dataset.range(5).take(-1)).toThrow(
      'invalid count of take: expected a whole number of at least 0, got -1',
    );
    expect(() => Dataset.range(5).batch(0)).toThrow('invalid batch size: expected a whole number of at least 1, got 0');
    expect(() => Dataset.range(5).map(5 as never)).toThrow('invalid function of map: expected a function, got 5');
  });
});

describe('batch', () => {
  it('stacks tensors and makes columns of records', async () => {
    const item = (n: number) => ({ image: { data: Float32Array.of(n, n + 0.5), shape: [1, 2] }, label: n });
    const [first] = await Dataset.range(4).map(item).batch(3).toArray();
    expect(first).toEqual({
      image: { data: Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5), shape: [3, 1, 2] },
      label: [0, 1, 2],
    });
  });

  it('keeps or drops what is left', async () => {
    expect(await Dataset.range(5).batch(2).toArray()).toEqual([[0, 1], [2, 3], [4]]);
    expect(await Dataset.range(5).batch(2, { dropRemainder: true }).toArray()).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('refuses tensors that do not fit together, and shows both', async () => {
    const ragged = Dataset.fromArray([1, 2]).map((n) => ({ data: new Float32Array(n), shape: [n] }));
    const error = await caught(ragged.batch(2, 'Batch').toArray());
    expect(error.message).toBe(
      `batch "Batch" failed at item 1 (fromArray item 1): the items of a batch differ: item 0 is [[1],'float32'], item 1 is [[2],'float32']; resize or pad them to one shape before the batch`,
    );
  });

  it('refuses records that lack a field, where tfjs-data takes the first row for all', async () => {
    const rows = Dataset.fromArray<object>([{ a: 1, b: 2 }, { a: 3 }]);
    const error = await caught(rows.batch(2).toArray());
    expect(error.message).toContain('item 0 has the fields {a, b}, item 1 has {a}');
  });
});

describe('shuffle', () => {
  it('gives the same order for the same seed, every item once', async () => {
    const make = () => Dataset.range(1000).shuffle({ seed: 123, bufferSize: 64 });
    const order = await make().toArray();
    expect(await make().toArray()).toEqual(order);
    expect(order).not.toEqual([...Array(1000).keys()]);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
  });

  it('moves an item forward by no more than the buffer', async () => {
    const order = await Dataset.range(500).shuffle({ seed: 1, bufferSize: 10 }).toArray();
    order.forEach((item, at) => expect(item).toBeLessThan(at + 10));
  });

  it('reshuffles in each iteration, and does not when told so (tfjs-data does all the same)', async () => {
    const again = Dataset.range(100).shuffle({ seed: 7 });
    expect(await again.toArray()).not.toEqual(await again.toArray());
    const same = Dataset.range(100).shuffle({ seed: 7, reshuffleEachIteration: false });
    expect(await same.toArray()).toEqual(await same.toArray());
  });

  it('has another order in each repetition', async () => {
    const order = await Dataset.range(50).shuffle({ seed: 7 }).repeat(2).toArray();
    expect(order.slice(0, 50)).not.toEqual(order.slice(50));
  });
});

describe('concat and repeat', () => {
  it('chains, also nothing', async () => {
    const abc = Dataset.concat(Dataset.range(2), Dataset.range(0), Dataset.range(1));
    expect(await abc.toArray()).toEqual([0, 1, 0]);
    expect(() => Dataset.concat()).toThrow('invalid datasets of concat: expected at least one, got none');
    expect(await Dataset.range(2).repeat(3).toArray()).toEqual([0, 1, 0, 1, 0, 1]);
    expect(await Dataset.range(2).repeat().take(5).toArray()).toEqual([0, 1, 0, 1, 0]);
  });

  it('take their options last', async () => {
    const [a, b] = [Dataset.range(2), Dataset.range(1)];
    for (const ds of [a.concat(b, 'Both'), Dataset.concat(a, b, { identifier: 'Both' })]) {
      expect(nodeOf(ds).label).toBe('Both');
      expect(await ds.toArray()).toEqual([0, 1, 0]);
    }
    expect(() => Dataset.concat([a, b] as never)).toThrow(
      'invalid dataset of concat: expected datasets, then the options, if any, got a list',
    );
    expect(() => a.concat('Both' as never, b)).toThrow(
      'invalid dataset of concat: expected datasets, then the options, if any, got "Both"',
    );
  });

  it('ends when an empty stream is repeated forever', async () => {
    expect(await Dataset.range(0).repeat().toArray()).toEqual([]);
  });
});

describe('randomMap', () => {
  const noise = (seed: number, concurrency = 4) =>
    Dataset.range(50).randomMap(async (n, random) => n + random.next(), { seed, identifier: 'Noise', concurrency });

  it('gives the same at any concurrency, and another with another seed', async () => {
    const one = await noise(5, 1).toArray();
    expect(await noise(5, 16).toArray()).toEqual(one);
    expect(await noise(6).toArray()).not.toEqual(one);
  });

  it('does not change when another operation is inserted', async () => {
    const fn = (n: number, random: { next(): number }) => [n, random.next()] as const;
    const plain = await Dataset.range(50).randomMap(fn, { seed: 5, identifier: 'Noise' }).toArray();
    const longer = Dataset.range(50)
      .filter((n) => n % 2 === 0)
      .randomMap(fn, { seed: 5, identifier: 'Noise' });
    expect(await longer.toArray()).toEqual(plain.filter(([n]) => n % 2 === 0));
  });
});

describe('length', () => {
  it('is exact, an upper bound, unknown or infinite', () => {
    const unknown = Dataset.fromGenerator(function* () {
      yield 1;
    });
    expect(Dataset.range(10).batch(3).length).toEqual({ kind: 'exact', items: 4 });
    expect(Dataset.range(10).batch(3, { dropRemainder: true }).length).toEqual({ kind: 'exact', items: 3 });
    expect(Dataset.range(10).filter(Boolean).batch(3).length).toEqual({ kind: 'atMost', items: 4 });
    expect(unknown.length).toEqual({ kind: 'unknown' });
    expect(unknown.take(3).length).toEqual({ kind: 'atMost', items: 3 });
    expect(Dataset.range(10).repeat().length).toEqual({ kind: 'infinite' });
    expect(Dataset.range(10).repeat().take(25).length).toEqual({ kind: 'exact', items: 25 });
    expect(Dataset.concat(Dataset.range(3), Dataset.range(4)).skip(2).length).toEqual({ kind: 'exact', items: 5 });
  });
});
