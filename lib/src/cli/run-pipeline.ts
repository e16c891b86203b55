import * as path from 'node:path';
import type { Dataset } from '../dataset/dataset';
import { isDataset } from '../dataset/is-dataset';
import type { JsonValue, ProvenanceDocument, Shard } from 'stemma-document';
import { currentSession } from '../recorder/current-session';
import type { Session } from '../recorder/session';
import type { Ending } from '../recorder/session-info';
import { UncaughtError } from '../recorder/uncaught-error';
import { failLoopsLeft } from '../sinks/loops-left';
import { inWords } from '../util/check';
import { drawSeed } from '../util/random';
import type { Companion, PipelineRun, Progress } from './companion';
import { loadPipeline } from './load-pipeline';
import { isMetrics } from './metrics';
import type { Metrics, PipelineContext } from './pipeline-module';
import { UsageError } from './usage-error';

export interface PipelineOptions {
  /** Path of the module. */
  module: string;
  parameters: { [name: string]: JsonValue };
  /** Undefined: all of the data. */
  shard?: Shard;
  /** Undefined: drawn, where the whole is run. */
  seed?: number;
  signal: AbortSignal;
  companions: readonly Companion[];
  /** Gets the document, whichever way the run ended, before the companions are stopped; not where nothing ran. */
  save: (document: ProvenanceDocument) => Promise<void>;
  /** How the program ends, for the record. */
  ending: (state: PipelineOutcome['state']) => Ending;
}

export interface PipelineOutcome {
  state: 'complete' | 'failed' | 'aborted';
  error: unknown;
  document: ProvenanceDocument;
  /** What the pipeline returned, where that is metrics; else null. */
  metrics: Metrics | null;
}

/** What a pipeline was found to return, of which something may be left to do. */
interface Built {
  dataset?: Dataset<unknown>;
  metrics?: Metrics;
}

/**
 * Loads a pipeline, pulls all of its items, and saves the record, however it ends. Throws only where a companion or the
 * saving fails.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineOutcome> {
  const session = currentSession();
  const { parameters, shard, signal } = options;
  const seed = options.seed ?? (shard === undefined ? drawSeed() : undefined);
  session.assignment = { program: path.resolve(options.module), parameters, shard, seed };
  const stop = (): void => session.interrupt(isCrash(signal) ? signal.reason : (signal.reason as Error).message);
  signal.addEventListener('abort', stop);
  const started: Companion[] = [];
  let state: PipelineOutcome['state'] = 'failed';
  try {
    for (const companion of options.companions) {
      await companion.start(observed(options.module, session));
      started.unshift(companion);
    }
    const { error, metrics = null } = await pull({ ...options, seed });
    state = error === null ? 'complete' : signal.aborted && !isCrash(signal) ? 'aborted' : 'failed';
    const document = await save(state, options);
    return { state, error, document, metrics };
  } finally {
    signal.removeEventListener('abort', stop);
    for (const companion of started) await companion.stop(state);
  }
}

const isCrash = (signal: AbortSignal): signal is AbortSignal & { reason: UncaughtError } =>
  signal.reason instanceof UncaughtError;

/** What is thrown while the document is written belongs in it, too. */
async function save(state: PipelineOutcome['state'], options: PipelineOptions): Promise<ProvenanceDocument> {
  const session = currentSession();
  // The wait for the module is given up at once; its runs need a moment.
  await session.interrupted();
  await session.contentsKnown();
  for (;;) {
    const ending = options.ending(state);
    session.conclude(ending);
    const document = session.document();
    if (document.runs.length > 0) await options.save(document);
    if (options.ending(state).exitCode === ending.exitCode) return document;
  }
}

async function pull(options: PipelineOptions): Promise<{ error: unknown; metrics?: Metrics }> {
  const { signal } = options;
  try {
    const { dataset, metrics } = await Promise.race([build(options), rejection(signal)]);
    // One that has called its sinks itself has nothing left to pull.
    await dataset?.forEach(() => undefined, { identifier: 'Run', signal });
    return { error: null, ...(metrics === undefined ? {} : { metrics }) };
  } catch (error) {
    if (isCrash(signal)) return { error: signal.reason };
    failLoopsLeft(error);
    return { error: error ?? new Error('the pipeline failed without a reason') };
  }
}

/** A module that waits for something that never comes must not keep an interrupt from ending it. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

async function build({ module, parameters, shard, seed, signal }: PipelineOptions): Promise<Built> {
  const pipeline = await loadPipeline(module);
  let asked = false;
  const context: PipelineContext = {
    get shard() {
      asked = true;
      return shard ?? { index: 0, count: 1 };
    },
    get seed() {
      if (seed === undefined)
        throw new UsageError(`"${module}" takes its seed from stemma run: give all shards the same --seed`);
      return seed;
    },
    signal,
  };
  const result: unknown = await pipeline(parameters, context);
  if (!isDataset(result) && !isWritten(result) && !isMetrics(result))
    throw new UsageError(
      `the default export of "${module}" returned ${inWords(result)}: ` +
        'expected a Dataset, what a sink that writes files returned, or metrics (an object of numbers)',
    );
  if (shard !== undefined && !asked)
    throw new UsageError(
      `"${module}" does not look at the part that it is to work on, so each part would be everything; ` +
        'write: export default (params, { shard }) => … .shard(shard.index, shard.count)',
    );
  if (isDataset(result)) return { dataset: result };
  return isMetrics(result) ? { metrics: result } : {};
}

/** What sinks that write files return, one or several. */
function isWritten(value: unknown): boolean {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return (
    all.length > 0 && all.every((one) => typeof one === 'object' && one !== null && 'sha256' in one && 'path' in one)
  );
}

function observed(module: string, session: Session): PipelineRun {
  return { name: path.basename(module), session, progress: () => progressOf(session) };
}

/** Of the run that began last. */
function progressOf(session: Session): Progress | null {
  const run = [...session.runs.values()].at(-1);
  if (run === undefined) return null;
  const length = run.sink.definition.inputs[0]?.length;
  return { items: run.sink.itemsIn, total: length?.kind === 'exact' ? length.items : null };
}
