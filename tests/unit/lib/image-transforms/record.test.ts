import { describe, expect, it } from 'vitest';
import { canonicalHash, centerCrop, Dataset, diff, normalize, provenance, randomCrop } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import type { Process, ProvenanceDocument } from 'stemma';

const image = { data: Float32Array.of(0, 0.25, 0.5, 1), shape: [1, 2, 2] };

/** The record of a session of its own. */
async function recordOf(declare: () => unknown): Promise<ProvenanceDocument> {
  const holder = globalThis as { [SESSION_KEY]?: unknown };
  const before = holder[SESSION_KEY];
  delete holder[SESSION_KEY];
  try {
    await declare();
    return provenance.document();
  } finally {
    holder[SESSION_KEY] = before;
  }
}

const processOf = ({ processes }: ProvenanceDocument, label: string): Process =>
  processes.find((process) => process.label === label)!;

describe('the record', () => {
  it('has the name and the parameters of a transform, and its call in place of its code', async () => {
    const document = await recordOf(() =>
      Dataset.fromArray([{ image, label: 1 }])
        .map(centerCrop([1, 2]).on('image'))
        .randomMap(randomCrop(1, { padding: 2, fill: 0.5 }).on('image'), { seed: 4 }),
    );
    expect(processOf(document, 'centerCrop')).toMatchObject({
      kind: 'map',
      options: { parameters: { size: [1, 2], fill: 0, layout: 'CHW', fields: ['image'] } },
      code: { source: `centerCrop({ size: [1, 2], fill: 0, layout: 'CHW' }).on('image')`, truncated: false },
    });
    expect(processOf(document, 'randomCrop').options).toEqual({
      seed: 4,
      reshuffleEachIteration: true,
      parameters: {
        size: [1, 1],
        padding: [2, 2, 2, 2],
        padIfNeeded: false,
        fill: 0.5,
        layout: 'CHW',
        fields: ['image'],
      },
    });
  });

  it('tells two parameters apart', async () => {
    const crop = (size: number) => recordOf(() => Dataset.fromArray([image], 'images').map(centerCrop(size)));
    const [one, same, other] = [await crop(224), await crop(224), await crop(192)];
    expect(canonicalHash(same)).toBe(canonicalHash(one));
    expect(canonicalHash(other)).not.toBe(canonicalHash(one));
    const changes = diff(one, other).pairs.flatMap((pair) => pair.changes);
    expect(changes.map(({ path }) => path)).toContain('options.parameters');
  });

  it('links the statistics that images are normalized by', async () => {
    let document = await recordOf(async () => {
      const images = Dataset.fromArray([{ image }], 'images');
      const statistics = await images.statistics();
      await images.map(normalize({ statistics }).on('image')).count();
    });
    const { uses, options } = processOf(document, 'normalize');
    const artifact = document.artifacts.find(({ id }) => id === uses[0])!;
    expect(processOf(document, 'statistics').outputs).toEqual([artifact.id]);
    expect(options.parameters).toMatchObject({ mean: [0.4375], field: 'image', fields: ['image'] });
    // Those of a file are linked to nothing.
    const statistics = JSON.parse(JSON.stringify(await Dataset.fromArray([{ image }]).statistics())) as never;
    document = await recordOf(() => Dataset.fromArray([{ image }]).map(normalize({ statistics }).on('image')));
    expect(processOf(document, 'normalize').uses).toEqual([]);
  });

  it('has parameters of any function that has some, and its source', async () => {
    const scale = (factor: number) => Object.assign((n: number) => n * factor, { parameters: { factor } });
    const document = await recordOf(() => {
      const parameters = { factor: 3 };
      const changed = Object.assign((n: number) => n, { parameters });
      Dataset.range(3).map(scale(2), 'Scale').map(changed, 'Changed later');
      parameters.factor = 4;
    });
    expect(processOf(document, 'Scale')).toMatchObject({ options: { parameters: { factor: 2 } } });
    expect(processOf(document, 'Scale').code!.source).toContain('n * factor');
    expect(processOf(document, 'Changed later').options).toEqual({ parameters: { factor: 3 } });
  });

  it('is not disturbed by functions whose parameters are none', async () => {
    const cycle: { [name: string]: unknown } = {};
    cycle.itself = cycle;
    const throwing = new Proxy((n: number) => n, {
      get: (target, name) => {
        if (name === 'parameters' || name === 'toString') throw new Error('no');
        return Reflect.get(target, name) as unknown;
      },
    });
    const document = await recordOf(() => {
      for (const parameters of [5, null, ['a'], cycle])
        Dataset.range(3).map(
          Object.assign((n: number) => n, { parameters }),
          'Odd',
        );
      Dataset.range(3).map(throwing, 'Odd');
    });
    expect(document.processes.filter(({ kind }) => kind === 'map').map(({ options }) => options)).toEqual(
      Array.from({ length: 5 }, () => ({})),
    );
  });
});
