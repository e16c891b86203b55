import { describe, expect, it } from 'vitest';
import {
  Dataset,
  hashEncoder,
  kBinsDiscretizer,
  minMaxScaler,
  oneHotEncoder,
  ordinalEncoder,
  provenance,
  robustScaler,
  simpleImputer,
  standardScaler,
  vocabulary,
} from 'stemma';

const never = (value: unknown) => value as never;
const rows = Dataset.fromArray(
  [
    { age: 20, port: 'S' },
    { age: null, port: 'C' },
  ],
  'Passengers',
);

describe('wrong arguments', () => {
  it.each<[() => unknown, string]>([
    [() => standardScaler([]), 'invalid columns of standardScaler: expected a name or a list of different names'],
    [() => standardScaler(['a', 'a']), 'expected a name or a list of different names'],
    [() => standardScaler(never(3)), 'got 3'],
    [() => standardScaler('a', never({ mean: 1 })), 'unknown option "mean" of standardScaler'],
    [
      () => standardScaler('a', { withMean: never(1) }),
      'invalid withMean of standardScaler: expected true or false, got 1',
    ],
    [
      () => minMaxScaler('a', { range: [1, 1] }),
      'invalid range of minMaxScaler: expected [low, high] with low below high',
    ],
    [() => robustScaler('a', { quantileRange: [25, 101] }), 'within 0 and 100'],
    [
      () => simpleImputer('a', { strategy: never('mode') }),
      `expected "mean", "median", "mostFrequent", "constant", got "mode"`,
    ],
    [
      () => simpleImputer('a', { strategy: 'constant' }),
      'invalid fillValue of simpleImputer: expected a text, a number or a boolean, got undefined',
    ],
    [() => simpleImputer('a', { fillValue: 0 }), "expected none with strategy 'mean', got 0"],
    [() => kBinsDiscretizer('a', { bins: 1 }), 'invalid bins of kBinsDiscretizer'],
    [() => kBinsDiscretizer('a', { strategy: never('kmeans') }), `expected 'quantile' or 'uniform', got "kmeans"`],
    [() => ordinalEncoder('a', { unknownValue: 0.5 }), 'invalid unknownValue of ordinalEncoder'],
    [() => vocabulary('a', { maxTokens: 2 }), 'invalid maxTokens of vocabulary'],
    [() => vocabulary('a', { minFrequency: 0 }), 'invalid minFrequency of vocabulary'],
    [() => hashEncoder('a', { bins: 0 }), 'invalid bins of hashEncoder'],
    [() => hashEncoder('a', never(undefined)), 'invalid options of hashEncoder'],
  ])('%s', (call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });
});

describe('what cannot be fitted', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a list',
      () => standardScaler('age').fit(never([1])),
      'invalid dataset to fit standardScaler: expected a Dataset, got a list',
    ],
    ['a record with a node', () => standardScaler('age').fit(never({ node: {} })), 'expected a Dataset, got a record'],
    [
      'no column',
      () => standardScaler('agee').fit(never(rows)),
      'failed at item 0 (Passengers item 0): invalid item of standardScaler: expected a column "agee", got "age", "port"',
    ],
    [
      'a text',
      () => standardScaler('port').fit(rows),
      `expected a finite number, got "S": read the column as numbers, as with types: { port: 'number' }`,
    ],
    [
      'no item',
      () => standardScaler('age').fit(rows.filter(() => false)),
      'standardScaler has nothing to fit: expected at least one item, got none',
    ],
    [
      'no value',
      () => simpleImputer('age').fit(rows.filter(({ age }) => age === null)),
      'all values of column "age" are missing',
    ],
    [
      'too far apart',
      () => minMaxScaler('x').fit(Dataset.fromArray([{ x: -1.7e308 }, { x: 1.7e308 }])),
      'cannot scale column "x": its numbers are too far apart',
    ],
    [
      'a list as a category',
      () => ordinalEncoder('x').fit(Dataset.fromArray([{ x: [1] }])),
      'expected a text, a number or a boolean, got a list',
    ],
    [
      'a number as a token',
      () => vocabulary('x').fit(never(Dataset.fromArray([{ x: 1 }]))),
      'expected a text, or a list of texts, got 1',
    ],
    [
      'an item that is no record',
      () => standardScaler('x').fit(never(Dataset.range(3))),
      'invalid item of standardScaler: expected a record, got 0',
    ],
  ])('%s', async (_, fit, message) => {
    await expect(fit()).rejects.toThrow(message);
    // The run has failed; none goes on.
    expect(provenance.document().runs.filter(({ state }) => state === 'running')).toEqual([]);
  });
});

describe('what was not there when it was fitted', () => {
  it('is an error at the item, or gets the value that was asked for', async () => {
    const other = Dataset.fromArray([{ port: 'X' }], 'Others');
    const ordinal = await ordinalEncoder('port').fit(rows);
    await expect(other.map(ordinal).toArray()).rejects.toThrow(
      'failed at item 0 (Others item 0): unknown category in column "port" for ordinalEncoder: expected one of "C", "S", got "X"',
    );
    const marked = await ordinalEncoder('port', { unknownValue: -1 }).fit(rows);
    expect(await other.map(marked).toArray()).toEqual([{ port: -1 }]);
    const ignoring = await oneHotEncoder('port', { ignoreUnknown: true }).fit(rows);
    expect(ignoring({ port: 'X' }).port.data).toEqual(Float32Array.of(0, 0));
  });

  it('is clipped on request', async () => {
    const dataset = Dataset.fromArray([{ x: 0 }, { x: 10 }]);
    expect((await minMaxScaler('x').fit(dataset))({ x: 20 })).toEqual({ x: 2 });
    expect((await minMaxScaler('x', { clip: true }).fit(dataset))({ x: 20 })).toEqual({ x: 1 });
  });
});

describe('what was saved', () => {
  it('is refused by another estimator', async () => {
    const saved = (await standardScaler('age').fit(rows)).toJSON();
    const load = (estimator: { load: (saved: unknown) => unknown }, one: unknown) => () => estimator.load(one);
    expect(load(minMaxScaler('age'), saved)).toThrow(`expected transform: 'minMaxScaler', got "standardScaler"`);
    expect(load(standardScaler('age', { withStd: false }), saved)).toThrow(
      'expected options { withMean: true, withStd: false }',
    );
    expect(load(standardScaler(['age', 'fare']), saved)).toThrow('expected the columns "age", "fare"');
    expect(load(standardScaler('age'), { ...saved, columns: { age: { center: 1, scale: 0 } } })).toThrow(
      'expected what was learned of column "age"',
    );
    for (const wrong of [null, 'text', undefined, 3, []]) expect(load(standardScaler('age'), wrong)).toThrow(TypeError);
  });
});
