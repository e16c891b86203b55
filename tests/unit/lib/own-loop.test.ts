import { describe, expect, it } from 'vitest';
import { Dataset, type FunctionContext } from 'stemma';
import { nodeOf } from '../../support/node-of';

type Fn<T> = (n: number, context: FunctionContext) => T;

const ITEMS = 100_000;
/** An item on which the functions below say who calls them. */
const WHO = -1;

/** `fn`, and whether it is called by a loop of its own: that is one made from text. */
function watched<T>(fn: Fn<T>): { call: Fn<T>; callers: string[] } {
  const callers: string[] = [];
  const call: Fn<T> = (...given) => {
    if (given[0] === WHO) callers.push(new Error().stack!.includes('copyOf') ? 'own' : 'shared');
    return fn(...given);
  };
  return { call, callers };
}

/**
 * Lets a pipeline of cheap calls run until its function has a loop of its own; what the machine does meanwhile may make
 * them dear.
 */
async function untilOwn<T>(run: (ds: Dataset<number>, fn: Fn<T>) => Dataset<unknown>, fn: Fn<T>): Promise<Fn<T>> {
  const { call, callers } = watched(fn);
  const ask = (): Promise<number> => run(Dataset.fromArray([WHO]), call).count();
  await ask();
  expect(callers).toEqual(['shared']);
  for (let tries = 0; callers.at(-1) !== 'own'; tries++) {
    expect(tries).toBeLessThan(100);
    await run(Dataset.range(ITEMS), call).count();
    await ask();
  }
  return call;
}

const map = <T>(ds: Dataset<number>, fn: Fn<T>): Dataset<unknown> => ds.map(fn);
const filter = (ds: Dataset<number>, fn: Fn<unknown>): Dataset<unknown> => ds.filter(fn as Fn<boolean>);
const numbers = Array.from({ length: 5000 }, (_, n) => n);

describe('a function that is called often, and cheap', () => {
  it('is called from a loop of its own, with the same results', async () => {
    const double = await untilOwn(map, (n) => n * 2);
    const odd = await untilOwn(filter, (n) => n % 2 === 1);
    expect(
      await Dataset.range(5000)
        .filter(odd as Fn<boolean>)
        .map(double)
        .toArray(),
    ).toEqual(numbers.filter((n) => n % 2 === 1).map((n) => n * 2));
  });

  it('gets the item and the context, and nothing else', async () => {
    const given = await untilOwn(map, (...args: unknown[]) => args.length);
    expect(await Dataset.range(3).map(given).toArray()).toEqual([2, 2, 2]);
  });

  it('may turn to values of other kinds', async () => {
    const fn = await untilOwn(map, (n): unknown => (n >= 0 && n < 1000 ? n : { n }));
    expect(await Dataset.range(1001).skip(999).map(fn).toArray()).toEqual([999, { n: 1000 }]);
  });

  it('may turn to promises', async () => {
    const later = await untilOwn(map, (n) => (n % 1000 === 999 && n < 5000 ? Promise.resolve(-n) : n));
    const expected = numbers.map((n) => (n % 1000 === 999 ? -n : n));
    expect(await Dataset.range(5000).map(later).toArray()).toEqual(expected);
    const keep = await untilOwn(filter, (n) => (n === 2500 ? Promise.resolve(false) : n % 3 === 0));
    const kept = numbers.filter((n) => n % 3 === 0 && n !== 2500);
    expect(
      await Dataset.range(5000)
        .filter(keep as Fn<boolean>)
        .toArray(),
    ).toEqual(kept);
  });

  it('is blamed for what it fails on, with index and origin', async () => {
    const fails = (n: number): number => {
      if (n === 4321) throw new Error('no such number');
      return n;
    };
    const mapped = await untilOwn((ds, fn: Fn<number>) => ds.map(fn, { onError: 'skip' }), fails);
    const odd = Dataset.range(5000, { identifier: 'numbers' }).filter((n) => n % 2 === 1);
    const failure = { kind: 'map', label: 'Fails', index: 2160, origin: 'numbers item 4321', input: '4321' };
    await expect(odd.map(mapped, { identifier: 'Fails' }).toArray()).rejects.toMatchObject(failure);
    const filtered = await untilOwn((ds, fn: Fn<number>) => ds.filter(fn as never, { onError: 'skip' }), fails);
    const filtering = odd.filter(filtered as never, { identifier: 'Fails' });
    await expect(filtering.toArray()).rejects.toMatchObject({ ...failure, kind: 'filter' });
  });

  it('has its failing items left out, and the origins of the others stay theirs', async () => {
    let unlucky = NaN;
    const fn = await untilOwn(map, (n) => {
      if (n % 10 === unlucky) throw new Error('unlucky');
      return n;
    });
    unlucky = 3;
    const ds = Dataset.range(5000, { identifier: 'numbers' }).map(fn, { onError: 'skip' });
    expect(await ds.toArray()).toEqual(numbers.filter((n) => n % 10 !== 3));
    expect(nodeOf(ds).record).toMatchObject({ skipped: 500, itemsIn: 5000, itemsOut: 4500 });
    const last = ds.map((n) => {
      if (n === 4999) throw new Error('the last');
      return n;
    });
    await expect(last.toArray()).rejects.toMatchObject({ index: 4499, origin: 'numbers item 4999' });
  });
});
