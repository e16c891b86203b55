import fc from 'fast-check';
import type { Artifact, Environment, JsonValue, Process, ProvenanceDocument, Run, Schema, State } from 'stemma';
import { mergeSchemas, printSchema } from 'stemma-document';
import { schemaOf } from '../../../lib/src/recorder/observing/schema';

/** Small pools, so that random documents have much in common: sessions, code, runs, items. */
const SESSIONS = ['s1', 's2', 's3'];
const MOMENTS = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z'];
const moment = fc.constantFrom(...MOMENTS);
const count = fc.nat(9);
const ms = fc.double({ min: 0, max: 5, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 2 });
const state = fc.constantFrom<State>('new', 'running', 'complete', 'stopped', 'failed', 'aborted');

const environment: fc.Arbitrary<Environment> = fc.record({
  stemma: fc.constant('0.1.0'),
  node: fc.constantFrom('20.0.0', '22.0.0'),
  platform: fc.constant('linux'),
  arch: fc.constant('x64'),
  osRelease: fc.constant('6'),
  cpu: fc.constant('cpu'),
  cores: fc.constantFrom(2, 4),
  memoryBytes: fc.constant(1024),
  workingDirectory: fc.constantFrom('~/a', '~/b'),
  packages: fc.constantFrom<{ [name: string]: string }>({ sharp: '1.0.0' }, { zod: '1.0.0', sharp: '1.0.0' }),
  git: fc.constant(null),
});

const failure = fc.record({
  name: fc.constant('Error'),
  message: fc.constantFrom('bad', 'worse'),
  index: orNull(count),
  origin: fc.constant(null),
  input: fc.constant(null),
});

const time = fc.record({
  totalMs: ms,
  meanMs: ms,
  p50Ms: ms,
  p95Ms: ms,
  p99Ms: ms,
  maxMs: ms,
  timedItems: count,
  overlapping: fc.boolean(),
  sketch: fc.option(
    fc.dictionary(
      fc.nat(419).map(String),
      fc.nat(99).map((n) => n + 1),
    ),
    { nil: undefined },
  ),
});

export const anySchema: fc.Arbitrary<Schema> = fc
  .array(fc.oneof(fc.anything(), fc.record({ x: fc.anything(), y: fc.anything() }, { requiredKeys: [] })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((values) => values.map((value) => schemaOf(value)).reduce((a, b) => mergeSchemas(a, b)))
  // As a file would hold it.
  .map((value) => JSON.parse(JSON.stringify(value)) as Schema);

const field = fc.record({
  path: fc.constantFrom('', 'x', 'y'),
  items: fc.integer({ min: 5, max: 9 }),
  missing: fc.nat(5),
  min: orNull(ms),
  max: orNull(ms),
  mean: orNull(ms),
  distinct: orNull(count),
  distinctIsExact: fc.boolean(),
  distinctSketch: fc.option(
    fc.uniqueArray(fc.nat(0xffffffff), { maxLength: 64 }).map((hashes) => hashes.sort((a, b) => a - b)),
    { nil: undefined },
  ),
  histogram: orNull(
    fc.record({ low: ms, high: ms.map((value) => value + 5), counts: fc.array(count, { minLength: 3, maxLength: 3 }) }),
  ),
});

const sample = fc.record(
  {
    index: count,
    run: fc.constantFrom('r1', 'r2'),
    origins: fc.array(fc.constantFrom('file 1', 'file 2'), { maxLength: 2 }),
    omittedOrigins: fc.constant(0),
    traced: fc.constant<true>(true),
    value: fc.record({ type: fc.constant<'number'>('number'), value: count }),
  },
  { requiredKeys: ['index', 'run', 'origins', 'omittedOrigins', 'value'] },
);

const processRun = fc.record({
  state,
  itemsIn: count,
  itemsOut: count,
  skipped: count,
  failed: count,
  selfMs: orNull(ms),
  awaitMs: orNull(ms),
  waitMs: orNull(ms),
  firstItemMs: orNull(ms),
  failure: orNull(failure),
});

const run: fc.Arbitrary<Omit<Run, 'id' | 'sink' | 'processes'>> = fc.record({
  state,
  startedAt: moment,
  endedAt: orNull(moment),
  durationMs: orNull(ms),
  epoch: count,
  cell: fc.constant(null),
  failure: orNull(failure),
  diagnosis: fc.constant(null),
  perProcess: fc.option(fc.dictionary(fc.constantFrom('p0', 'p1'), processRun), { nil: undefined }),
});

const options = fc.constantFrom<{ [name: string]: JsonValue }>(
  {},
  { size: 2 },
  { path: '/a/train' },
  { path: '/b/train' },
);

const process = fc.record({
  label: fc.constantFrom('A', 'B'),
  options,
  code: fc.constantFrom(null, { source: 'x => x', truncated: false }, { source: 'x => 2', truncated: false }),
  superseded: fc.boolean(),
  /** Of those before it; beyond them: one that was dropped. */
  input: fc.nat(4),
  cell: orNull(fc.record({ id: fc.constant('c'), executionCount: count })),
  position: orNull(
    fc.record(
      { file: fc.constantFrom('a.ts', 'b.ts'), line: count, column: count },
      { requiredKeys: ['line', 'column'] },
    ),
  ),
  warnings: fc.option(fc.subarray(['overlap', 'slow']), { nil: undefined }),
  execution: fc.record({
    state,
    runs: count,
    itemsIn: count,
    itemsOut: count,
    skipped: count,
    failed: count,
    startedAt: orNull(moment),
    endedAt: orNull(moment),
    selfTime: orNull(time),
    awaitTime: orNull(time),
    waitMs: orNull(ms),
    waitTime: orNull(time),
    firstItemMs: orNull(ms),
    bufferedItems: orNull(count),
    bufferLevels: orNull(fc.record({ readings: count, mean: ms, max: count })),
    failure: orNull(failure),
    skippedItems: fc.array(failure, { maxLength: 8 }),
    latestRun: fc.option(
      processRun.map((facts) => ({ run: 'r1', ...facts })),
      { nil: undefined },
    ),
  }),
  length: fc.oneof(
    fc.record({ kind: fc.constantFrom<'exact' | 'atMost'>('exact', 'atMost'), items: count }),
    fc.record({ kind: fc.constantFrom<'unknown' | 'infinite'>('unknown', 'infinite') }),
  ),
  artifact: fc.record({
    items: count,
    currentItems: count,
    schema: orNull(anySchema),
    schemaItems: count,
    anomaly: orNull(
      fc.record({
        index: count,
        run: fc.constant('r1'),
        origins: fc.constant([] as string[]),
        expected: fc.constant("'int'"),
        found: fc.constant("'str'"),
        value: fc.option(fc.record({ type: fc.constant<'null'>('null') }), { nil: undefined }),
      }),
    ),
    fields: fc.uniqueArray(field, { selector: ({ path }) => path, maxLength: 3 }),
    samples: fc.array(sample, { maxLength: 20 }),
  }),
});

const onlyOf = <T>(members: { [id: string]: T }, processes: Process[]): { [id: string]: T } =>
  Object.fromEntries(processes.flatMap(({ id }) => (members[id] === undefined ? [] : [[id, members[id]]])));

/** Any document that the recorder might make, as JSON holds it. */
export const arbitraryDocument: fc.Arbitrary<ProvenanceDocument> = fc
  .record({
    session: fc.constantFrom(...SESSIONS),
    startedAt: moment,
    generatedAt: moment,
    notebook: orNull(fc.constantFrom('a.ipynb', 'b.ipynb')),
    environment,
    cells: fc.array(
      fc.record({ id: fc.constant('c'), executionCount: count, source: fc.constant('x'), superseded: fc.boolean() }),
      { maxLength: 2 },
    ),
    processes: fc.array(process, { maxLength: 5 }),
    runs: fc.array(run, { maxLength: 2 }),
    files: fc.option(
      fc.subarray([
        { path: 'a.ts', sha256: 'aa', main: true as const, source: 'x' },
        { path: 'b.ts', sha256: 'bb' },
      ]),
      { nil: undefined },
    ),
    end: fc.option(fc.record({ endedAt: moment, how: fc.constantFrom('completed', 'failed') }), { nil: undefined }),
    dropped: fc.record({ processes: count, artifacts: count, runs: count, cells: count, files: count }),
  })
  .map((given) => {
    const processes = given.processes.map((one, p): Process => {
      const source = one.input === 0;
      return {
        id: `p${p}`,
        key: `${one.label}${p}`,
        kind: source ? 'range' : 'map',
        role: source ? 'source' : 'operation',
        label: one.label,
        inputs: source ? [] : [`a${p - one.input}`],
        outputs: [`a${p}`],
        uses: [],
        options: one.options,
        code: one.code,
        cell: one.cell,
        position: one.position,
        warnings: one.warnings,
        superseded: one.superseded,
        execution: one.execution,
      };
    });
    const artifacts = given.processes.map((one, p): Artifact => {
      const { schema, samples } = one.artifact;
      return {
        id: `a${p}`,
        key: `${one.label}${p}.out`,
        kind: 'stream',
        label: one.label,
        producer: `p${p}`,
        consumers: [],
        length: one.length,
        superseded: one.superseded,
        execution: {
          ...one.artifact,
          schemaText: schema === null ? null : printSchema(schema),
          sampleCount: samples.length,
        },
      };
    });
    const document: ProvenanceDocument = {
      format: 'stemma-provenance',
      version: '1.0',
      generatedAt: given.generatedAt,
      session: {
        id: given.session,
        startedAt: given.startedAt,
        notebook: given.notebook,
        files: given.files,
        end: given.end,
      },
      environment: given.environment,
      cells: given.cells,
      processes,
      artifacts,
      runs: given.runs.map(({ perProcess, ...one }, r) => ({
        ...one,
        perProcess: perProcess && onlyOf(perProcess, processes),
        // As old documents and as new ones have them.
        id: r === 0 ? 'r1' : `019ae2c4-0000-7000-8000-${String(SESSIONS.indexOf(given.session)).padStart(12, '0')}`,
        sink: `p${r}`,
        processes: processes.map(({ id }) => id),
      })),
      dropped: given.dropped,
    };
    return JSON.parse(JSON.stringify(document)) as ProvenanceDocument;
  });
