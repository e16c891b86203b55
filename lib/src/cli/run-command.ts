import { access, constants, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { Shard } from 'stemma-document';
import { saveDocument } from '../documents/save-document';
import { findTarget } from '../documents/save-target';
import { currentSession } from '../recorder/current-session';
import type { Parameters } from './arguments';
import type { Companion } from './companion';
import { explain } from './explain';
import { lastOf, seriesFolder, writeMetrics } from './metrics';
import { MonitorCompanion } from './monitor-companion';
import { ProgressBar } from './progress-bar';
import { runPipeline } from './run-pipeline';
import { saveAtExit } from './save-at-exit';
import { Signals } from './signals';
import { summaryOf } from './summary';
import { print, warn } from './terminal';
import { UsageError } from './usage-error';
import { makeFolder } from '../util/make-folder';
import { writeTarget } from '../util/write-target';

export interface RunOptions {
  params?: Parameters;
  out?: string;
  /** Where to write what the pipeline returned as numbers, and the counts of its steps. */
  metrics?: string;
  shard?: Shard;
  seed?: number;
  /** False: no samples of the data. */
  samples: boolean;
  /** The port of a monitor; true takes a free one. */
  monitor?: number | true;
}

/** `stemma run`: returns the exit code. */
export async function runCommand(module: string, options: RunOptions): Promise<number> {
  const { params = {}, shard, seed } = options;
  const out = options.out ?? defaultName(module, shard);
  await checkWritable(out, module);
  if (options.metrics !== undefined) await checkMetricsFile(options.metrics, [module, out]);
  const own = options.metrics === undefined ? [out] : [out, options.metrics, seriesFolder(options.metrics)];
  for (const file of own) currentSession().ownFiles.add(path.resolve(file));
  const signals = new Signals();
  const release = saveAtExit(out, () => signals.isKilled);
  currentSession().settings.samples = options.samples;
  const companions: Companion[] = [new ProgressBar(), ...watching(options)];
  try {
    const { state, error, document, metrics } = await runPipeline({
      module,
      parameters: params,
      shard,
      seed,
      signal: signals.signal,
      companions,
      save: (document) => saveDocument(document, out),
      ending: (state) => signals.endingOf(state),
    });
    if (document.runs.length > 0) print(`${summaryOf(document)}\nprovenance written to ${out}`);
    if (state === 'complete' && options.metrics !== undefined) {
      await writeMetrics(options.metrics, metrics ?? {}, document);
      print(`metrics written to ${options.metrics}`);
    } else if (metrics !== null) print(`metrics: ${JSON.stringify(lastOf(metrics))}`);
    const { uncaught, moreUncaught } = signals;
    if (state === 'aborted') warn(`stemma: ${(signals.signal.reason as Error).message}`);
    else if (error !== null) warn(explain(error));
    if (uncaught !== null && uncaught !== error) warn(explain(uncaught));
    if (moreUncaught > 0) warn(`stemma: errors that nothing caught after this one: ${moreUncaught}`);
    return signals.exitCode ?? (state === 'complete' ? 0 : 1);
  } finally {
    release();
    signals.release();
  }
}

function watching({ monitor }: RunOptions): Companion[] {
  return monitor === undefined ? [] : [new MonitorCompanion(monitor === true ? undefined : monitor)];
}

/** Before the run rather than after hours of it. */
async function checkWritable(out: string, module: string): Promise<void> {
  try {
    const target = await findTarget(out);
    if (target.path === (await realpath(module).catch(() => null)))
      throw new Error('that is the pipeline itself; choose another name');
    if (!target.isDevice) await access(path.dirname(target.path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`cannot save the provenance to "${out}": ${(error as Error).message}`);
  }
}

/** The folder may be made later: DVC removes the outputs of a stage before it. */
async function checkMetricsFile(file: string, others: readonly string[]): Promise<void> {
  const taken = others.find((other) => path.resolve(other) === path.resolve(file));
  try {
    if (taken !== undefined) throw new Error(`"${taken}" is another file of the run; choose another name`);
    await makeFolder(path.dirname(path.resolve(file)));
    await writeTarget(file);
  } catch (error) {
    throw new UsageError(`cannot write the metrics to "${file}": ${(error as Error).message}`);
  }
}

/** `digits.provenance.json` of `src/digits.ts`, in the working folder; a shard's has its number. */
function defaultName(module: string, shard: Shard | undefined): string {
  const { name } = path.parse(module);
  return `${name}${shard === undefined ? '' : `.${shard.index + 1}-of-${shard.count}`}.provenance.json`;
}
