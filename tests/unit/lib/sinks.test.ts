import { describe, expect, it } from 'vitest';
import { Dataset, PipelineError } from 'stemma';

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

  it('ends after an error', async () => {
    const iterator = Dataset.range(3)
      .map(() => {
        throw new Error('no');
      })
      [Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow('no');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
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
  it('reduce folds from the first item on, with promises too', async () => {
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

  it('blames the item on which the function of the sink failed', async () => {
    const run = Dataset.range(5, 'rows').forEach((n) => {
      if (n === 3) throw new Error('three');
    }, 'Train');
    await expect(run).rejects.toThrow('forEach "Train" failed at item 3 (rows row 3): three (input: 3)');
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

  it('ends a run whose function never answers, and tells the function', async () => {
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
  const busy = (): void => {
    const end = performance.now() + 2;
    while (performance.now() < end);
  };

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
