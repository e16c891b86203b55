import { describe, expect, it } from 'vitest';
import { Dataset, PipelineError, provenance } from 'stemma';
import { nodeOf } from '../../support/node-of';

/** What tfjs-data 4.22 gets wrong, each as a test of ours. */
const unknown = () =>
  Dataset.fromGenerator(function* () {
    yield* [0, 1, 2];
  }, 'rows');

async function thrownBy(run: Promise<unknown>): Promise<Error> {
  return run.then(
    () => expect.unreachable('the run was to fail'),
    (error: Error) => error,
  );
}

describe('where tfjs-data goes wrong', () => {
  it('the length of a zip with an unknown one is a bound, in either order', () => {
    for (const pair of [
      [Dataset.range(5), unknown()],
      [unknown(), Dataset.range(5)],
    ])
      expect(Dataset.zip(pair).length).toEqual({ kind: 'atMost', items: 5 });
    expect(Dataset.zip([unknown(), unknown()]).length).toEqual({ kind: 'unknown' });
    expect(Dataset.zip([unknown(), Dataset.range(5).repeat()]).length).toEqual({ kind: 'unknown' });
    expect(Dataset.zip([Dataset.range(0), unknown()]).length).toEqual({ kind: 'exact', items: 0 });
  });

  it('a shuffle that is not to reshuffle keeps its order', async () => {
    const ds = Dataset.range(50).shuffle({ bufferSize: 8, seed: 5, reshuffleEachIteration: false });
    expect(await ds.toArray()).toEqual(await ds.toArray());
  });

  it('take and skip of a shuffled stream do not overlap, or the record warns of it', async () => {
    const fixed = Dataset.range(50).shuffle({ seed: 5, reshuffleEachIteration: false });
    const [train, validation] = [fixed.take(40), fixed.skip(40)];
    expect(new Set([...(await train.toArray()), ...(await validation.toArray())]).size).toBe(50);
    expect(nodeOf(validation).record!.warnings).toEqual([]);

    const reshuffled = Dataset.range(50)
      .shuffle({ seed: 5, identifier: 'Mix up' })
      .map((n) => n);
    reshuffled.take(40);
    reshuffled.skip(40, 'Validation');
    const { processes } = provenance.document();
    expect(processes.find(({ label }) => label === 'Validation')!.warnings).toEqual([
      'shuffle "Mix up" feeds both take and skip, and has another order in each iteration: their items overlap. ' +
        'Use split, or pass reshuffleEachIteration: false',
    ]);
  });

  it('a ragged batch is an error that shows both shapes, unless it is asked for', async () => {
    const rows = Dataset.fromArray([[1, 2], [3]]);
    expect((await thrownBy(rows.batch(2).toArray())).message).toContain(
      'item 0 is a list of shape [2], item 1 is a list of shape [1]; pad them with paddedBatch, or pass ragged: true',
    );
    expect(await rows.batch(2, { ragged: true }).toArray()).toEqual([[[1, 2], [3]]]);
    expect(await rows.paddedBatch(2).toArray()).toEqual([
      [
        [1, 2],
        [3, 0],
      ],
    ]);
    const nested = Dataset.fromArray([
      [[1], [2]],
      [[1], [2, 3]],
    ]);
    expect((await thrownBy(nested.batch(2).toArray())).message).toContain(
      'shape [2, 1], item 1 is a list of shape [2, ragged]',
    );
  });

  it('tensors are padded in each dimension', async () => {
    const ds = Dataset.fromArray([
      { data: Float32Array.of(1, 2), shape: [1, 2] },
      { data: Float32Array.of(3, 4), shape: [2, 1] },
    ]);
    const data = Float32Array.of(1, 2, -1, -1, 3, -1, 4, -1);
    expect(await ds.paddedBatch(2, { value: -1 }).toArray()).toEqual([{ data, shape: [2, 2, 2] }]);
    expect((await thrownBy(ds.paddedBatch(2, { shape: [1, 2] }).toArray())).message).toContain(
      'a tensor of shape [2, 1] does not fit into the shape [1, 2]',
    );
  });

  it('records with other fields than the first are an error', async () => {
    const error = await thrownBy(
      Dataset.fromArray<object>([{ a: 1, b: 2 }, { a: 3 }])
        .batch(2)
        .toArray(),
    );
    expect(error.message).toContain('item 0 has the fields {a, b}, item 1 has {a}');
  });

  it('the batches before one that fails are emitted', async () => {
    const seen: unknown[] = [];
    const rows = Dataset.fromArray([[1], [2], [3], [4, 5]]);
    const error = await thrownBy(rows.batch(2).forEach((batch) => seen.push(batch)));
    expect(seen).toEqual([[[1], [2]]]);
    expect(error).toMatchObject({ kind: 'batch', index: 3, origin: 'fromArray item 3' });
  });

  it('an error names the operation and the item', async () => {
    const error = await thrownBy(
      unknown()
        .map((n) => (n === 1 ? JSON.parse('{') : n), 'Parse')
        .toArray(),
    );
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({ label: 'Parse', index: 1, origin: 'rows item 1' });
  });
});
