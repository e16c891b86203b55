import { describe, expect, it } from 'vitest';
import { Dataset, PipelineError, provenance } from 'stemma';
import { nodeOf } from '../../support/node-of';

describe('for await', () => {
  it('reads one item at a time', async () => {
    const calls: number[] = [];
    for await (const item of Dataset.range(100).map((n) => {
      calls.push(n);
      return n;
    }))
      if (item === 2) break;
    expect(calls).toEqual([0, 1, 2]);
  });

  it('closes an asynchronous source at a break', async () => {
    let closed = false;
    const ds = Dataset.fromGenerator(async function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    });
    for await (const item of ds) if (item === 3) break;
    expect(closed).toBe(true);
  });

  it('resolves concurrent calls one after the other', async () => {
    for (const ds of [Dataset.range(5), Dataset.range(5).map(async (n) => n)]) {
      const iterator = ds[Symbol.asyncIterator]();
      const results = await Promise.all(Array.from({ length: 7 }, () => iterator.next()));
      expect(results.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, undefined, undefined]);
    }
  });

  it('ends at a break, whatever an asynchronous source is waiting for', async () => {
    const silent = Dataset.fromGenerator(async function* () {
      yield 1;
      await new Promise(() => undefined);
    });
    const expanded = Dataset.range(1).flatMap(async function* () {
      yield 1;
      await new Promise(() => undefined);
    });
    for (const ds of [silent, expanded]) {
      for await (const _ of ds.prefetch(2)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        break;
      }
      for await (const _ of ds.map(async (n) => n)) break;
    }
    expect(provenance.document().runs.at(-1)!.state).toBe('stopped');
  });

  it('ends after an error', async () => {
    const iterator = Dataset.range(3)
      .map(() => {
        throw new Error('no');
      })
      [Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow('no');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('fails where the graph is too deep to be opened', async () => {
    let ds: Dataset<number> = Dataset.range(3);
    provenance.recording = false;
    for (let i = 0; i < 4900; i++) ds = ds.prefetch(1);
    provenance.recording = true;
    await expect(ds.prefetch(1).toArray()).rejects.toThrow('expected fewer operations in a row, got 4902');
    expect(provenance.document({ samples: false }).runs.at(-1)!.state).toBe('failed');
  });

  it('goes on where a source fails late: the items before it come first', async () => {
    const seen: number[] = [];
    const ds = Dataset.fromGenerator(function* () {
      yield 1;
      yield 2;
      throw new Error('broken pipe');
    }, 'socket');
    const run = ds.forEach((n) => seen.push(n));
    await expect(run).rejects.toThrow('fromGenerator "socket" failed at item 2: broken pipe');
    expect(seen).toEqual([1, 2]);
  });
});

describe('reduce, count, forEach', () => {
  it('reduce starts from the first item, with promises too', async () => {
    expect(await Dataset.range(5).reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(await Dataset.range(5).reduce(async (sum, n) => sum + n, 0)).toBe(10);
    expect(await Dataset.range(300).count()).toBe(300);
  });

  it('forEach waits for the promise of one item before it takes the next', async () => {
    let busy = 0;
    await Dataset.range(20).forEach(async () => {
      expect(++busy).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      busy--;
    });
  });

  it('wait for whatever can be awaited', async () => {
    const later = <A>(value: A): PromiseLike<A> => ({ then: (resolve) => Promise.resolve(value).then(resolve) });
    expect(await Dataset.range(5).reduce((sum, n) => later(sum + n), 0)).toBe(10);
    let done = 0;
    await Dataset.range(5).forEach(() => later(null).then(() => done++));
    expect(done).toBe(5);
  });

  it('blames the item on which the function of the sink failed', async () => {
    const run = Dataset.range(5, 'rows').forEach((n) => {
      if (n === 3) throw new Error('three');
    }, 'Train');
    await expect(run).rejects.toThrow('forEach "Train" failed at item 3 (rows item 3): three (input: 3)');
  });
});

describe('abort', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it('ends a run in mid-stream with the reason of the signal', async () => {
    const controller = new AbortController();
    const run = Dataset.range(1e9)
      .map((n) => {
        if (n === 5000) controller.abort(new Error('enough'));
        return n;
      })
      .count({ signal: controller.signal });
    await expect(run).rejects.toThrow('enough');
  });

  it('ends a run whose function never resolves, and notifies the function', async () => {
    const controller = new AbortController();
    let told: AbortSignal | undefined;
    const run = Dataset.range(3)
      .map((_, { signal }) => {
        told = signal;
        return never();
      })
      .toArray({ signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(told!.aborted).toBe(true);
  });

  it('ends a run whose sink never resolves, and notifies its function', async () => {
    const told: AbortSignal[] = [];
    const ds = Dataset.range(3);
    const runs = [
      (signal: AbortSignal) => ds.forEach((_, __, context) => (told.push(context.signal), never()), { signal }),
      (signal: AbortSignal) => ds.reduce((_, __, ___, context) => (told.push(context.signal), never()), 0, { signal }),
    ];
    for (const run of runs) {
      const controller = new AbortController();
      const running = run(controller.signal);
      setImmediate(() => controller.abort(new Error('enough')));
      await expect(running).rejects.toThrow('enough');
    }
    expect(told.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('ends a run whose function aborts it before it waits forever', async () => {
    const controller = new AbortController();
    const abort = (): Promise<never> => (controller.abort(new Error('enough')), never());
    await expect(Dataset.range(3).map(abort).toArray({ signal: controller.signal })).rejects.toThrow('enough');
  });

  it('does not count as a failure of a function that throws on the abort', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const stop = (n: number): number => {
      if (n === 5) controller.abort(reason);
      if (controller.signal.aborted) throw reason;
      return n;
    };
    const ds = Dataset.range(9).map(stop, { onError: 'skip' });
    await expect(ds.toArray({ signal: controller.signal })).rejects.toBe(reason);
    expect(nodeOf(ds).record).toMatchObject({ state: 'aborted', failed: 0, skipped: 0, failure: null });
  });

  it('does not begin where the signal was aborted before', async () => {
    let calls = 0;
    const run = Dataset.range(3)
      .map(() => calls++)
      .toArray({ signal: AbortSignal.abort(new Error('too late')) });
    await expect(run).rejects.toThrow('too late');
    expect(calls).toBe(0);
  });

  it('is no error of the pipeline', async () => {
    const run = Dataset.range(3).toArray({ signal: AbortSignal.abort() });
    await expect(run).rejects.not.toBeInstanceOf(PipelineError);
  });
});

describe('the event loop', () => {
  const burn = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  const busy = (): void => burn(2);

  /** Calls in a row of a function that takes `ms`, without a turn of the event loop: the most of them in a run. */
  async function mostCalls(run: (slow: <T>(item: T) => T) => Promise<unknown>, ms: number): Promise<number> {
    let [calls, most, on] = [0, 0, true];
    const turn = (): void => {
      calls = 0;
      if (on) setImmediate(turn);
    };
    setImmediate(turn);
    await run((item) => {
      burn(ms);
      most = Math.max(most, ++calls);
      return item;
    });
    on = false;
    return most;
  }

  it('gets its turns where functions are slow on what came quickly', async () => {
    const shuffled = (): Dataset<number> => Dataset.range(600).shuffle({ seed: 1 }).take(40);
    const slowly = function* (slow: (item: number) => number): Generator<number> {
      for (let n = 0; n < 40; n++) yield slow(n);
    };
    for (const run of [
      (slow) => Dataset.range(600).shuffle().map(slow).take(40).count(),
      (slow) => Dataset.range(600).shuffle().filter(slow).skip(1).take(40).count(),
      (slow) => shuffled().batch(40).unbatch().forEach(slow),
      (slow) =>
        shuffled()
          .batch(40)
          .unbatch()
          .forEach(async (n) => slow(n)),
      (slow) =>
        shuffled()
          .batch(40)
          .flatMap(() => slowly(slow))
          .count(),
    ] satisfies ((slow: <T>(item: T) => T) => Promise<unknown>)[])
      expect(await mostCalls(run, 2)).toBeLessThan(12);
  });

  it('gets its turns where functions turn slow in mid-stream, after a while', async () => {
    const numbers = Dataset.range(21_500);
    const late = (slow: (item: number) => number) => (n: number) => (n < 20_000 ? n : slow(n));
    const runs: ((slow: <T>(item: T) => T) => Promise<unknown>)[] = [
      (slow) => numbers.map(late(slow)).count(),
      (slow) => numbers.filter(late(slow)).count(),
      (slow) => numbers.forEach(late(slow)),
    ];
    // A turn may come only after a second pull, of fewer items.
    for (const run of runs) expect(await mostCalls(run, 0.3)).toBeLessThan(256 + 128 + 40);
  });

  it('gives the same where a chunk is worked on in several pulls', async () => {
    const slow = (n: number): number => (n % 50 === 7 && burn(3), n);
    const ds = Dataset.range(500).shuffle({ seed: 1, reshuffleEachIteration: false });
    const items = await ds.toArray();
    const odd = ds.map(slow).filter((n) => slow(n) % 2 === 1, 'Odd');
    expect(await odd.toArray()).toEqual(items.filter((n) => n % 2 === 1));
    expect(nodeOf(odd).record).toMatchObject({ itemsIn: 500, itemsOut: 250 });
    const failing = (n: number): number => {
      if (n === 300) throw new Error('late');
      return slow(n);
    };
    const at = items.indexOf(300);
    await expect(ds.map(failing).toArray()).rejects.toMatchObject({ index: at, origin: 'range item 300' });
    const skipping = ds.map(failing, { onError: 'skip' });
    expect(await skipping.toArray()).toEqual(items.filter((n) => n !== 300));
    const late = ds.map((n) => (slow(n), n < 20 ? Promise.resolve(n) : n));
    expect(await late.toArray()).toEqual(items);
    expect(nodeOf(late).record!.itemsIn).toBe(500);
    expect(await ds.map(slow).take(123).toArray()).toEqual(items.slice(0, 123));
  });

  it('gets its turns while a sink works on its items', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await Dataset.range(200).forEach(busy);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });

  it('gets its turns while a synchronous pipeline runs', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await Dataset.range(60)
      .map(busy)
      .filter(() => false)
      .batch(100)
      .toArray();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
