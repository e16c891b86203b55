import { describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, plan, provenance, Recorder } from 'stemma';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { validDocument } from '../../support/schemas';

const labelsOf = (recorder: Recorder) => recorder.document().processes.map(({ label }) => label);

/** The next turn of the event loop. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a recorder', () => {
  it('records what is declared in its run, and what becomes of that, wherever it is declared', async () => {
    const before = labelsOf(provenance);
    const recorder = new Recorder();
    const source = recorder.run(() => Dataset.range(6, 'Load'));
    const double = source.map((n) => n * 2, 'Double');
    const { train } = double.split({ train: 4, test: 2 }, { seed: 1 });
    expect(await train.count()).toBe(4);
    expect(labelsOf(recorder)).toEqual(['Load', 'Double', 'train', 'test', 'count']);
    expect(labelsOf(provenance)).toEqual(before);
    const document = validDocument(JSON.parse(JSON.stringify(recorder.document())));
    expect(document.runs).toMatchObject([{ state: 'complete' }]);
    expect(document.session.id).not.toBe(provenance.document().session.id);
  });

  it('does not meet another one whose runs go on at the same time', async () => {
    const run = async (recorder: Recorder, name: string, items: number) =>
      recorder.run(async () => {
        await turn();
        const slow = Dataset.range(items, `Load ${name}`).map(async (n) => {
          const inner = Dataset.range(n, `Inner of ${name}`).count();
          await turn();
          return (await inner) + 1;
        }, `Slow ${name}`);
        await turn();
        return slow.reduce((sum, n) => sum + n, 0, `Sum ${name}`);
      });
    const [one, two] = [new Recorder(), new Recorder()];
    const before = labelsOf(provenance);
    expect(await Promise.all([run(one, 'a', 20), run(two, 'b', 30)])).toEqual([210, 465]);
    for (const [recorder, name, items] of [
      [one, 'a', 20],
      [two, 'b', 30],
    ] as const) {
      // prettier-ignore
      const { processes, runs } = recorder.document();
      const labels = new Set(processes.map(({ label }) => label));
      expect([...labels].filter((label) => label !== 'count')).toEqual(
        expect.arrayContaining([`Load ${name}`, `Slow ${name}`, `Sum ${name}`, `Inner of ${name}`]),
      );
      expect([...labels].every((label) => label === 'count' || label.endsWith(name))).toBe(true);
      const slow = processes.find(({ label }) => label === `Slow ${name}`)!;
      expect(slow.execution).toMatchObject({ state: 'complete', itemsIn: items, itemsOut: items });
      expect(runs.length).toBe(1);
    }
    expect(labelsOf(provenance)).toEqual(before);
  });

  it('counts what several runs of its datasets do at the same time', async () => {
    const recorders = Array.from({ length: 3 }, () => new Recorder());
    const datasets = recorders.map((recorder, at) =>
      recorder.run(() => Dataset.range(10 * (at + 1)).map(async (n) => n)),
    );
    await Promise.all([...datasets, ...datasets].map((dataset) => dataset.forEach(() => undefined, 'Sink')));
    expect(recorders.map((recorder) => recorder.document().processes.at(-1)!.execution.itemsIn)).toEqual([20, 40, 60]);
  });

  it('has settings of its own', async () => {
    const recorder = new Recorder({ samples: false, timing: 'everything' });
    await recorder.run(() => Dataset.range(3, 'Hidden')).count();
    expect(recorder.document().artifacts[0]!.execution.samples).toEqual([]);
    expect(provenance.settings).toMatchObject({ samples: true, timing: 'sampled' });
    recorder.settings.samples = true;
    await recorder.run(() => Dataset.range(3, 'Shown')).count();
    expect(recorder.document().artifacts.find(({ label }) => label === 'Shown')!.execution.samples).not.toEqual([]);
  });

  it('that does not record leaves no trace, and works all the same', async () => {
    const recorder = new Recorder({ recording: false });
    expect(await recorder.run(() => Dataset.range(3)).toArray()).toEqual([0, 1, 2]);
    expect(labelsOf(recorder)).toEqual([]);
  });

  it('is interrupted with the process', async () => {
    const recorder = new Recorder();
    const endless = recorder.run(() =>
      Dataset.range(3)
        .repeat()
        .map(async (n) => n),
    );
    let seen = 0;
    const run = endless.forEach(
      () => {
        if (++seen === 100) currentSession().interrupt('stopped by the test');
      },
      { signal: new AbortController().signal },
    );
    await expect(run).rejects.toThrow('stopped by the test');
    expect(recorder.document().runs).toMatchObject([{ state: 'aborted' }]);
  });

  it('refuses datasets of two recorders, before anything is declared', () => {
    const [one, two] = [new Recorder(), new Recorder()];
    const [a, b] = [one.run(() => Dataset.range(3, 'A')), two.run(() => Dataset.range(3, 'B'))];
    const message = /expected those of one recorder, got some of another; make them all in one recorder\.run/;
    expect(() => Dataset.zip([a, b])).toThrow(message);
    expect(() => Dataset.concat(a, b)).toThrow(message);
    expect(() => Dataset.interleave([a, b])).toThrow(message);
    expect(() => Dataset.mix([a, b], { seed: 1 })).toThrow(message);
    expect([labelsOf(one), labelsOf(two)]).toEqual([['A'], ['B']]);
  });

  it('refuses a result of another recorder', async () => {
    const [one, two] = [new Recorder(), new Recorder()];
    const sum = one.run(() => Dataset.range(3)).reduce((total, n) => ({ n: total.n + n }), { n: 0 });
    await sum;
    const ds = two.run(() => Dataset.range(3));
    expect(() => ds.map((n) => n, { uses: [sum] })).toThrow('got the result of a run of another recorder');
    expect(labelsOf(two)).toEqual(['range']);
  });

  it('says which of its options are wrong', () => {
    expect(() => new Recorder({ sample: true } as never)).toThrow(
      'unknown option "sample" of Recorder: did you mean samples?',
    );
    expect(() => new Recorder({ timing: 'often' } as never)).toThrow(
      "invalid timing of recorder.settings: expected 'sampled' or 'everything', got \"often\"",
    );
    expect(() => new Recorder().run(3 as never)).toThrow('invalid work of recorder.run: expected a function, got 3');
    expect(() => new Recorder().document({ sample: 1 } as never)).toThrow(
      'unknown option "sample" of recorder.document',
    );
  });
});

describe('declaring', () => {
  it('leaves no trace where it is refused', () => {
    const recorder = new Recorder();
    const ds = recorder.run(() => Dataset.range(10, 'Load'));
    const before = JSON.stringify(recorder.document().processes);
    for (const wrong of [
      () => ds.split({ train: 0.8, validation: 0.5 }),
      () => ds.batch(0),
      () => ds.map(3 as never),
      () => ds.map((n) => n, { uses: [{}] }),
      () => ds.shuffle({ bufferSize: -1 }),
      () => Dataset.zip([ds, ds.take(3)]),
    ])
      expect(wrong).toThrow();
    const { processes } = recorder.document();
    expect(processes.map(({ label }) => label)).toEqual(expect.arrayContaining(['Load']));
    expect(JSON.stringify(processes.filter(({ kind }) => kind !== 'take'))).toBe(before);
  });
});

describe('a plan', () => {
  const pipeline = () => {
    const base = Dataset.range(20, 'Load').map((n) => ({ n, half: n / 2 }), 'Halve');
    const { train } = base.split({ train: 0.75, test: 0.25 }, { seed: 2 });
    return Dataset.zip([train, train.shuffle({ seed: 3 })]).batch(4);
  };

  it('has the hash of what is recorded, without a record', () => {
    const recorder = new Recorder();
    const recorded = recorder.run(pipeline);
    const unrecorded = new Recorder({ recording: false }).run(pipeline);
    const { processes, artifacts, runs } = plan(unrecorded);
    const known = recorder.document();
    // The record also has the part that leads nowhere.
    expect(processes.map(({ label }) => label).sort()).toEqual(
      known.processes.map(({ label }) => label).filter((label) => label !== 'test').sort(), // prettier-ignore
    );
    expect([artifacts.length, runs]).toEqual([processes.length, []]);
    expect(canonicalHash(plan(unrecorded))).toBe(canonicalHash(plan(recorded)));

    const straight = () => Dataset.range(20, 'Load').map((n) => n / 2, 'Halve').batch(4); // prettier-ignore
    const whole = new Recorder();
    whole.run(straight);
    expect(canonicalHash(plan(new Recorder({ recording: false }).run(straight)))).toBe(canonicalHash(whole.document()));
  });

  it('is valid, leaves no trace and shows what differs', () => {
    const recorder = new Recorder();
    const ds = recorder.run(pipeline);
    const before = JSON.stringify({ ...recorder.document(), generatedAt: null });
    validDocument(JSON.parse(JSON.stringify(plan(ds, ds.take(2)))));
    const taken = ['take'];
    expect(canonicalHash(plan(ds))).not.toBe(canonicalHash(plan(ds.take(2))));
    const after = recorder.document();
    const processes = after.processes.filter(({ kind }) => !taken.includes(kind));
    expect(processes.map(({ id }) => id)).toEqual(JSON.parse(before).processes.map(({ id }: { id: string }) => id));
    expect(after.runs).toEqual([]);
  });

  it('has the results that it uses, with all that leads to them, once', async () => {
    const recorder = new Recorder();
    const source = recorder.run(() => Dataset.range(4, 'Load'));
    const sum = source.map((n) => ({ n }), 'Wrap').reduce((total, { n }) => ({ n: total.n + n }), { n: 0 }, 'Sum');
    const { n: total } = await sum;
    const scaled = source.map((n) => n / total, { identifier: 'Scale', uses: [sum] });
    const { processes } = plan(scaled);
    expect(processes.map(({ label }) => label).sort()).toEqual(['Load', 'Scale', 'Sum', 'Wrap']);
    expect(canonicalHash(plan(scaled))).toBe(canonicalHash(recorder.document()));
    const places = (of: typeof processes) => of.map(({ label, position }) => [label, position]).sort();
    expect(places(processes)).toEqual(places(recorder.document().processes));
  });
});
