import { describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, diff, type Process, type ProvenanceDocument, Recorder, type Step } from 'stemma';

/** The process of this label, which is there. */
const named = ({ processes }: ProvenanceDocument, label: string): Process =>
  processes.find((one) => one.label === label)!;

/** Labels of the producers of what a process reads and uses. */
function before(document: ProvenanceDocument, label: string): { inputs: string[]; uses: string[] } {
  const process = named(document, label);
  const labels = (ids: string[]): string[] =>
    ids.map((id) => {
      const artifact = document.artifacts.find((one) => one.id === id)!;
      expect(artifact.consumers).toContain(process.id);
      return artifact.label;
    });
  return { inputs: labels(process.inputs), uses: labels(process.uses) };
}

const numbers = (recorder: Recorder, label = 'Numbers', count = 4): Dataset<number> =>
  recorder.run(() => Dataset.range(count, label));

const pause = (ms = 1): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function train(step: Step, rows: Dataset<number>, epochs = 2): Promise<{ total: number }> {
  let total = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const n of rows) total += n;
    step.metrics({ loss: 10 - total, total }, epoch);
  }
  return { total };
}

describe('a step', () => {
  it('is one process, whose loops are runs of their own', async () => {
    const recorder = new Recorder();
    const rows = numbers(recorder).shuffle({ seed: 1, identifier: 'Mix' });
    const model = await recorder.step('Train', { parameters: { epochs: 2 } }, (step) => train(step, rows));
    expect(model).toEqual({ total: 12 });
    const document = recorder.document();
    expect(document.processes.map(({ kind }) => kind)).toEqual(['range', 'shuffle', 'step']);
    const process = named(document, 'Train');
    expect(before(document, 'Train')).toEqual({ inputs: ['Mix'], uses: [] });
    expect(process).toMatchObject({ kind: 'step', role: 'sink', options: { parameters: { epochs: 2 } } });
    expect(process.code!.source).toContain('train(step, rows)');
    expect(process.execution).toMatchObject({ state: 'complete', itemsIn: 8, itemsOut: 1, failure: null });
    const [own, ...loops] = document.runs;
    expect(document.runs.map(({ sink }) => sink)).toEqual([process.id, process.id, process.id]);
    expect(loops.map(({ epoch, state }) => [epoch, state])).toEqual([
      [0, 'complete'],
      [1, 'complete'],
    ]);
    expect(loops.map(({ perProcess }) => perProcess![process.id]!.itemsIn)).toEqual([4, 4]);
    expect(own!.perProcess![process.id]).toMatchObject({ itemsIn: 8, itemsOut: 1, state: 'complete' });
    expect(process.execution.latestRun!.run).toBe(own!.id);
    expect(process.execution.metrics).toEqual([
      {
        name: 'loss',
        run: own!.id,
        points: [
          [0, 4],
          [1, -2],
        ],
      },
      {
        name: 'total',
        run: own!.id,
        points: [
          [0, 6],
          [1, 12],
        ],
      },
    ]);
    const value = document.artifacts.find(({ producer }) => producer === process.id)!;
    expect(value).toMatchObject({ kind: 'value', execution: { schemaText: "{total: 'int'}", digest: { items: 1 } } });
  });

  it('books the time of its own that no loop and no pipeline has', async () => {
    const recorder = new Recorder();
    const busy = (): void => {
      for (const until = performance.now() + 20; performance.now() < until;);
    };
    await recorder.step('Busy', async () => {
      busy();
      // The timer counts from when the event loop last turned.
      await pause(60);
    });
    const { selfTime, awaitTime } = named(recorder.document(), 'Busy').execution;
    expect(selfTime!.totalMs).toBeGreaterThan(19);
    expect(awaitTime!.totalMs).toBeGreaterThan(0);
  });

  it('uses the results of runs within it, and what it is given', async () => {
    const recorder = new Recorder();
    const rows = numbers(recorder);
    const stats = await rows.statistics({ identifier: 'Stats' });
    await recorder.step('Fit', { uses: [stats] }, async () => {
      expect(await rows.count('Count')).toBe(4);
      await rows.forEach(() => undefined, 'Each');
    });
    expect(before(recorder.document(), 'Fit')).toEqual({ inputs: ['Numbers'], uses: ['Stats', 'Count'] });
  });

  it('returns what can be used anywhere: by operations, other steps, and steps within steps', async () => {
    const recorder = new Recorder();
    const rows = numbers(recorder);
    const model = await recorder.step('Train', (step) => train(step, rows));
    await rows.map((n) => n + model.total, { identifier: 'Predict', uses: [model] }).toArray('Predictions');
    const outer = await recorder.step('Outer', { uses: [model.total] }, async () => {
      await pause();
      const inner = await recorder.step('Inner', async () => ({ size: await rows.take(2, 'Two').count('Few') }));
      for await (const _ of rows.take(1, 'One'));
      return inner;
    });
    expect(outer).toEqual({ size: 2 });
    const document = recorder.document();
    expect(before(document, 'Predict').uses).toEqual(['Train']);
    expect(before(document, 'Inner')).toEqual({ inputs: [], uses: ['Few'] });
    expect(before(document, 'Outer')).toEqual({ inputs: ['One'], uses: ['Train', 'Inner'] });
  });

  it('knows its own loops beside those of other steps', async () => {
    const recorder = new Recorder();
    const one = async (label: string): Promise<void> => {
      const rows = numbers(recorder, `Rows ${label}`);
      const read = async (step: Step): Promise<{ total: number }> => {
        await pause();
        return train(step, rows);
      };
      await recorder.step(label, async (step) => {
        await pause();
        await Promise.all([read(step), pause()]);
      });
    };
    await Promise.all(['a', 'b', 'c'].map(one));
    const document = recorder.document();
    for (const label of ['a', 'b', 'c']) expect(before(document, label).inputs).toEqual([`Rows ${label}`]);
  });

  it('does not guess where a library hides which of several steps reads', async () => {
    const recorder = new Recorder();
    const [known, hidden] = [numbers(recorder, 'Known'), numbers(recorder, 'Hidden')];
    /** Without an asynchronous trace, as libraries of callbacks read. */
    const drain = (rows: Dataset<number>): Promise<void> =>
      new Promise((resolve) => {
        const read = async (): Promise<void> => {
          for await (const _ of rows);
          resolve();
        };
        setTimeout(() => void read());
      });
    const other = recorder.step('Unnamed', () => drain(hidden));
    await Promise.all([
      recorder.step('Named', { inputs: [known] }, async () => {
        await drain(known);
        await other;
      }),
      other,
    ]);
    const document = recorder.document();
    expect(before(document, 'Named').inputs).toEqual(['Known']);
    expect(before(document, 'Unnamed').inputs).toEqual([]);
    expect(named(document, 'Unnamed').warnings).toEqual([
      'several steps were at work when "Hidden" was read, and which of them did is not known; name it in the step: { inputs: [dataset] }',
    ]);
  });

  it('fails with the reason, and passes the error on as it is', async () => {
    const recorder = new Recorder();
    const error = new RangeError('loss is NaN');
    const thrown = recorder.step('Train', async (step) => {
      step.metrics({ loss: NaN });
      await pause();
      throw error;
    });
    await expect(thrown).rejects.toBe(error);
    const { execution } = named(recorder.document(), 'Train');
    expect(execution).toMatchObject({
      state: 'failed',
      failed: 1,
      failure: { name: 'RangeError', message: 'loss is NaN' },
      metrics: [{ name: 'loss', points: [[0, null]] }],
    });
    expect(recorder.document().runs.map(({ state }) => state)).toEqual(['failed']);
  });

  it.each([
    ['the body of a loop', (n: number) => n, (n: number) => n === 2],
    [
      'the pipeline',
      (n: number) => {
        if (n === 2) throw new Error('two');
        return n;
      },
      () => false,
    ],
  ])('fails, as does the run of its loop, where %s throws', async (_, each, throws) => {
    const recorder = new Recorder();
    const rows = numbers(recorder).map(each, 'Each');
    const thrown = recorder.step('Train', async () => {
      for await (const n of rows) if (throws(n)) throw new Error('two');
    });
    await expect(thrown).rejects.toThrow('two');
    const document = recorder.document();
    expect(document.runs.map(({ state, failure }) => [state, failure?.message])).toEqual([
      ['failed', 'two'],
      ['failed', 'two'],
    ]);
    expect(document.runs[1]!.failure!.origin).toBe('Numbers item 2');
    expect(named(document, 'Train').execution).toMatchObject({ state: 'failed', failed: 1 });
  });

  it('is stopped by no loop that it leaves, and fails with none that it catches', async () => {
    const recorder = new Recorder();
    const rows = numbers(recorder);
    await recorder.step('Train', async () => {
      for await (const n of rows) if (n === 1) break;
      await expect(
        rows.forEach(() => {
          throw new Error('caught');
        }),
      ).rejects.toThrow('caught');
    });
    expect(named(recorder.document(), 'Train').execution).toMatchObject({ state: 'complete', failure: null });
  });

  it('shares a process with equal steps at its place, whose metrics stand side by side', async () => {
    const recorder = new Recorder();
    const rows = numbers(recorder);
    for (const rate of [1, 1, 2]) await recorder.step('Train', { parameters: { rate } }, (step) => train(step, rows));
    const { processes, runs } = recorder.document();
    const steps = processes.filter(({ kind }) => kind === 'step');
    expect(steps.map(({ options }) => options)).toEqual([{ parameters: { rate: 1 } }, { parameters: { rate: 2 } }]);
    expect(steps.map(({ execution }) => execution.metrics!.length)).toEqual([4, 2]);
    const own = runs.filter(({ perProcess }) => Object.keys(perProcess!).length === 1).map(({ id }) => id);
    expect(steps[0]!.execution.metrics!.map(({ run }) => run)).toEqual([own[0], own[0], own[1], own[1]]);
  });

  it('keeps at most 512 points of a series, evenly spread, and the latest', async () => {
    const recorder = new Recorder();
    await recorder.step('Long', (step) => {
      for (let at = 0; at < 5_003; at++) step.metrics({ loss: at / 2 });
    });
    const [{ points }] = named(recorder.document(), 'Long').execution.metrics!;
    expect(points.length).toBeGreaterThan(256);
    expect(points.length).toBeLessThanOrEqual(512);
    expect(points.at(-1)).toEqual([5_002, 2_501]);
    const gaps = new Set(points.slice(1, -1).map(([at], index) => at - points[index]![0]));
    expect(gaps.size).toBe(1);
  });

  it('leaves no trace where nothing is recorded, and works all the same', async () => {
    const recorder = new Recorder({ recording: false });
    const rows = numbers(recorder);
    expect(await recorder.step('Train', { uses: [5] }, (step) => train(step, rows))).toEqual({ total: 12 });
    expect(recorder.value('Five', 5)).toBe(5);
    expect(recorder.document().processes).toEqual([]);
  });

  it('has its parameters in its definition, and its metrics not', async () => {
    const record = async (rate: number, loss: number): Promise<ProvenanceDocument> => {
      const recorder = new Recorder();
      await recorder.step('Train', { parameters: { rate } }, (step) => step.metrics({ loss }));
      return recorder.document();
    };
    const [a, b, c] = [await record(1, 0.5), await record(1, 0.25), await record(2, 0.5)];
    expect(canonicalHash(a)).toBe(canonicalHash(b));
    expect(canonicalHash(a)).not.toBe(canonicalHash(c));
    const changes = diff(a, c).pairs.flatMap((pair) => pair.changes);
    expect(changes.filter(({ layer }) => layer === 'definition')).toEqual([
      { layer: 'definition', path: 'options.parameters', a: { rate: 1 }, b: { rate: 2 } },
    ]);
    const metrics = diff(a, b).pairs.flatMap((pair) => pair.changes);
    expect(metrics.filter(({ path }) => path.startsWith('metrics'))).toEqual([
      { layer: 'output', path: 'metrics.loss', a: 0.5, b: 0.25 },
    ]);
  });

  it('hides secrets among its parameters', async () => {
    const recorder = new Recorder();
    await recorder.step('Fetch', { parameters: { apiKey: 'abc', pages: 2 } }, () => undefined);
    expect(named(recorder.document(), 'Fetch').options).toEqual({ parameters: { apiKey: '…', pages: 2 } });
  });

  it.each([
    [(r: Recorder) => r.step('', () => 1), 'invalid label of step: expected a text, got ""'],
    [(r: Recorder) => r.step('A', 5 as never), 'invalid function of step "A": expected a function, got 5'],
    [(r: Recorder) => r.step('A', { typo: 1 } as never, () => 1), 'unknown option "typo" of step'],
    [
      (r: Recorder) => r.step('A', { parameters: { f: () => 1 } } as never, () => 1),
      'invalid parameter "f" of step "A"',
    ],
    [
      (r: Recorder) => r.step('A', { inputs: [5] } as never, () => 1),
      'invalid inputs of step "A": expected datasets, got 5',
    ],
    [(r: Recorder) => r.step('A', { uses: [{}] }, () => 1), 'name another value by provenance.value(label, value)'],
    [(r: Recorder) => r.step('A', (step) => step.metrics({ loss: '1' } as never)), 'expected numbers, got loss: "1"'],
  ])('refuses what it cannot record: %#', async (call, message) => {
    await expect(call(new Recorder())).rejects.toThrow(message);
  });
});
