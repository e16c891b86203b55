import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContentDigest, Dataset, merge, type ProvenanceDocument, Recorder, type RecorderSettings } from 'stemma';
import { StreamDigest } from '../../../lib/src/recorder/digests/stream-digest';
import { digestOf } from '../../../lib/src/recorder/digests/value-digest';
import { temporaryFolder } from '../../support/temporary-folder';
import { inSession } from '../document/in-session';

const digestsOf = (document: ProvenanceDocument): { [label: string]: ContentDigest | undefined } =>
  Object.fromEntries(document.artifacts.map(({ label, execution }) => [label, execution.digest]));

async function recorded(work: () => Promise<unknown>, digests: RecorderSettings['digests'] = 'all') {
  const recorder = new Recorder({ digests });
  await recorder.run(work);
  return recorder.document();
}

function ofStream(values: readonly unknown[]): ContentDigest {
  const digest = new StreamDigest();
  digest.addAll(values);
  return digest.toJson();
}

const of = (value: unknown): string => digestOf(value)!.digest;

const different: [unknown, unknown][] = [
  [1, 2],
  [1, '1'],
  [1, [1]],
  [1, 1.5],
  [2 ** 31, -(2 ** 31)],
  [true, 1],
  [null, undefined],
  [[], {}],
  [[[1], 2], [[1, 2]]],
  ['ab', 'ba'],
  [
    { a: 1, b: 2 },
    { a: 2, b: 1 },
  ],
  [{ a: undefined }, {}],
  [1n, 1],
  [new Date(0), 0],
  [Float32Array.of(0, 1), Float32Array.of(1, 0)],
  [Float32Array.of(1), Int32Array.of(1)],
  [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 4)],
  [new Map([[1, 2]]), new Map([[1, 3]])],
  [new Error('a'), new Error('b')],
  [new Error('a'), new TypeError('a')],
  [/a/, /b/],
  [/a/, /a/i],
  [new URL('https://a.org/'), new URL('https://b.org/')],
  [
    { data: Float32Array.of(1), shape: [1] },
    { data: Float32Array.of(1), shape: [1, 1] },
  ],
];

describe('the digest of a value', () => {
  it.each(different.map((pair) => [inspect(pair), ...pair]))('differs within %s', (_, a, b) => {
    expect(of(a)).not.toBe(of(b));
  });

  it.each<[string, unknown, unknown]>([
    ['the order of fields', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['the sign of zero', 0, -0],
    ['which NaN it is', NaN, new Float64Array(Uint32Array.of(1, 0x7ff80000).buffer)[0]],
    ['where bytes lie', new Uint8Array([0, 1, 2, 3, 4, 5, 6]).subarray(1, 6), Uint8Array.of(1, 2, 3, 4, 5)],
    ['the folder of a file', { path: '/home/a/x/1.png', name: '1.png' }, { path: '/data/x/1.png', name: '1.png' }],
  ])('is the same whatever %s', (_, a, b) => {
    expect(of(a)).toBe(of(b));
  });

  it('notices one changed byte of an array, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, by) => {
          const changed = Uint8Array.from(bytes);
          changed[at % bytes.length]! ^= by;
          expect(of(changed)).not.toBe(of(bytes));
        },
      ),
    );
  });

  it('ends within values whose paths have no end, and notices what differs there', () => {
    type Node = { at: number; parent?: Node; children: Node[]; next?: Node; previous?: Node };
    const tree = (leaf: number): Node => {
      const all: Node[] = Array.from({ length: 3_000 }, (_, at) => ({ at, children: [] }));
      all.forEach((node, at) => {
        if (at > 0) node.parent = all[(at - 1) >> 3]!;
        node.parent?.children.push(node);
        if (at > 0) node.previous = all[at - 1]!;
        if (node.previous) node.previous.next = node;
      });
      all[40]!.at = leaf;
      return all[0]!;
    };
    expect(of(tree(1))).toBe(of(tree(1)));
    expect(of(tree(1))).not.toBe(of(tree(2)));
    const twins = (leaf: unknown): unknown => {
      let twin = leaf;
      for (let depth = 0; depth < 30; depth++) twin = { left: twin, right: twin };
      return twin;
    };
    expect(of(twins(1))).not.toBe(of(twins(2)));
    expect(of(twins({ b: 1, a: 2 }))).toBe(of(twins({ a: 2, b: 1 })));
  });

  it.each<[string, () => unknown]>([
    ['a list of holes', () => Object.assign([], { length: 2 ** 32 - 1 })],
    ['a dataset', () => Dataset.range(3).map((n) => n)],
    ['a promise', () => Promise.resolve(1)],
    ['a weak map', () => new WeakMap()],
    ['an object of private fields', () => new (class { #n = 1; n = () => this.#n; })()], // prettier-ignore
    ['what throws', () => ({ get boom() { throw new Error('boom'); } })], // prettier-ignore
  ])('counts %s as opaque, and goes on', (_, make) => {
    const digest = ofStream([make(), 2]);
    expect(digest).toMatchObject({ items: 2, opaque: 1 });
    expect(digest.unordered).not.toBe(ofStream([make(), 3]).unordered);
  });

  it('notices two changed signs in one array', () => {
    const image = Float32Array.from({ length: 64 }, (_, i) => i + 1);
    for (const other of [8, 9, 16, 63]) {
      const changed = Float32Array.from(image);
      changed[0]! *= -1;
      changed[other]! *= -1;
      expect(of(changed)).not.toBe(of(image));
    }
  });

  it('has some entries of a large list, map or set where not all is asked for', () => {
    const of = (value: unknown, arrays: 'whole' | 'part'): ContentDigest => {
      const digest = new StreamDigest(arrays);
      digest.addAll([value]);
      return digest.toJson();
    };
    const list = Array.from({ length: 100_000 }, (_, n) => ({ n }));
    for (const large of [list, new Set(list), new Map(list.entries())]) {
      expect(of(large, 'part').partial).toBe(true);
      expect(of(large, 'whole').partial).toBeUndefined();
      expect(of(large, 'part')).toEqual(of(structuredClone(large), 'part'));
    }
    expect(of(list.slice(0, 10_000), 'part')).toEqual(of(list.slice(0, 10_000), 'whole'));
    const noticed = Array.from({ length: 80 }, (_, k) => k * 1250).filter((at) => {
      const changed = [...list];
      changed[at] = { n: -1 };
      return of(changed, 'part').unordered !== of(list, 'part').unordered;
    });
    expect(noticed.length).toBeGreaterThan(4);
    expect(of([...list.slice(0, -1), { n: -1 }], 'part').unordered).not.toBe(of(list, 'part').unordered);
  });

  it('has some blocks of a large text where not all is asked for', () => {
    const of = (text: string, arrays: 'whole' | 'part'): ContentDigest => {
      const digest = new StreamDigest(arrays);
      digest.addAll([text]);
      return digest.toJson();
    };
    const text = 'abcd'.repeat(50_000);
    expect(of(text, 'part').partial).toBe(true);
    expect(of(text.slice(0, 100_000), 'part')).toEqual(of(text.slice(0, 100_000), 'whole'));
    expect(of(`${text}.`, 'part').unordered).not.toBe(of(`${text}!`, 'part').unordered);
    expect(of(`${text.slice(1)}.`, 'part').unordered).not.toBe(of(text, 'part').unordered);
    const middle = `${text.slice(0, 90_000)}.${text.slice(90_001)}`;
    expect(of(middle, 'whole').unordered).not.toBe(of(text, 'whole').unordered);
  });

  it('has some blocks of a large array where not all is asked for, and reports it', () => {
    const of = (image: Float32Array, arrays: 'whole' | 'part'): ContentDigest => {
      const digest = new StreamDigest(arrays);
      digest.addAll([image]);
      return digest.toJson();
    };
    const image = Float32Array.from({ length: 150_528 }, (_, i) => i);
    expect(of(image, 'part').partial).toBe(true);
    expect(of(image, 'whole').partial).toBeUndefined();
    expect(of(image.subarray(0, 60_000), 'part')).toEqual(of(image.subarray(0, 60_000), 'whole'));
    const brighter = image.map((value) => value + 1);
    expect(of(brighter, 'part').unordered).not.toBe(of(image, 'part').unordered);
    for (const at of [0, 3_000, 75_000, 150_527]) {
      const changed = Float32Array.from(image);
      changed[at]! += 1;
      expect(of(changed, 'whole').unordered).not.toBe(of(image, 'whole').unordered);
    }
    const chosen = [...image.keys()]
      .filter((at) => at % 1024 === 5)
      .filter((at) => {
        const changed = Float32Array.from(image);
        changed[at]! += 0.5;
        return of(changed, 'part').unordered !== of(image, 'part').unordered;
      });
    expect(chosen.length).toBeGreaterThan(5);
    expect(chosen.length).toBeLessThan(30);
  });

  it('counts what it cannot look into, and ends where a value contains itself', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(digestOf([() => 1, Symbol('x')])!.opaque).toBe(2);
    expect(digestOf(circle)!.opaque).toBe(1);
    expect(
      digestOf(
        Array.from({ length: 100 }, () => [1]),
        50,
      ),
    ).toBeNull();
  });
});

describe('the digest of a stream', () => {
  const json = fc.array(fc.jsonValue(), { maxLength: 20 });

  it('has the parts of a stream, however it was cut', () => {
    fc.assert(
      fc.property(json, fc.nat(20), (items, cut) => {
        const whole = new StreamDigest();
        whole.addAll(items.slice(0, cut));
        whole.addAll(items.slice(cut));
        expect(whole.toJson()).toEqual(ofStream(items));
      }),
    );
  });

  it('knows two items that changed places by the one, and not by the other', () => {
    const [ab, ba] = [ofStream([1, 2, { a: 1 }]), ofStream([2, 1, { a: 1 }])];
    expect(ab.unordered).toBe(ba.unordered);
    expect(ab.ordered).not.toBe(ba.ordered);
    expect(ofStream([1, 1.5, 'a']).ordered).not.toBe(ofStream(['a', 1.5, 1]).ordered);
  });

  it('is the same at any concurrency', async () => {
    const run = (concurrency: number) =>
      recorded(() =>
        Dataset.range(200, 'Numbers')
          .map(async (n) => ({ n, half: n / 2 }), { identifier: 'Halve', concurrency })
          .batch(7, 'Batch')
          .toArray(),
      );
    const [one, four, eight] = [digestsOf(await run(1)), digestsOf(await run(4)), digestsOf(await run(8))];
    expect(four).toEqual(one);
    expect(eight).toEqual(one);
    expect(one).toMatchObject({ Numbers: { items: 200 }, Halve: { items: 200 }, Batch: { items: 29 } });
  });

  it('of shards, merged in any order, is that of the whole', async () => {
    const seeded = (index: number, count: number): Promise<ProvenanceDocument> =>
      inSession(async () => {
        const rows = Dataset.fromGenerator(function* () {
          for (let row = index; row < 100; row += count) yield row;
        }, 'Rows');
        await rows.map((n) => [n, 'x'], 'Pair').count();
      });
    const parts = [await seeded(0, 3), await seeded(1, 3), await seeded(2, 3)];
    const whole = digestsOf(await seeded(0, 1))['Pair']!;
    for (const order of [parts, [...parts].reverse()]) {
      const { ordered: _, ...unordered } = whole;
      expect(digestsOf(merge(...(order as [ProvenanceDocument, ProvenanceDocument])))['Pair']).toEqual(unordered);
    }
    expect(digestsOf(merge(parts[0]!, parts[0]!))).toEqual(digestsOf(merge(parts[0]!)));
  });

  it('is made at the ends, of all, or of nothing', async () => {
    const work = async (): Promise<void> => {
      const last = Dataset.range(4, 'Numbers')
        .map((n) => n + 1, 'Add')
        .map((n) => 2 * n, 'Double');
      await last.reduce((sum, n) => sum + n, 0, 'Sum');
    };
    const labels = async (digests: RecorderSettings['digests']): Promise<string[]> => {
      const found = digestsOf(await recorded(work, digests));
      return Object.keys(found).filter((label) => found[label] !== undefined);
    };
    expect(await labels('ends')).toEqual(['Numbers', 'Double', 'Sum']);
    expect(await labels('all')).toEqual(['Numbers', 'Add', 'Double', 'Sum']);
    expect(await labels(false)).toEqual([]);
  });

  it('is that of the fullest run, the latest of these', async () => {
    const document = await recorded(async () => {
      const numbers = Dataset.range(10, 'Numbers');
      await numbers.count();
      await numbers.take(3).toArray();
    });
    expect(digestsOf(document)['Numbers']!.items).toBe(10);
  });

  it('counts an item whose getter throws as one that cannot be digested', async () => {
    const item = { get broken(): number { throw new Error('not now'); } }; // prettier-ignore
    const recorder = new Recorder({ samples: false });
    const items = await recorder.run(() => Dataset.fromArray([item], 'Items').toArray());
    expect(items[0]).toBe(item);
    const document = recorder.document();
    expect(digestsOf(document)['Items']).toMatchObject({ items: 1, opaque: 1 });
    expect(document.dropped.failures).toBe(0);
  });

  it('of a folder knows the names of its files, not where it is', async () => {
    const folders = [temporaryFolder(), temporaryFolder()];
    for (const folder of folders) writeFileSync(join(folder, 'a.txt'), 'a');
    const digests = await Promise.all(
      folders.map(async (folder) => digestsOf(await recorded(() => Dataset.fromFolder(folder, 'Files').count()))),
    );
    expect(digests[1]).toEqual(digests[0]);
  });
});
