import type { Dataset } from '../dataset/dataset';
import type { JsonValue, Shard, WrittenFile } from 'stemma-document';

/** Beside the parameters, what `stemma run` tells a pipeline. */
export interface PipelineContext {
  /** The part of the data to work on, for `shard(index, count)`; of one part, the first, where the whole is wanted. */
  shard: Shard;
  /** Of `--seed`, else drawn; the operations to which the pipeline gives no seed have theirs from it. */
  seed: number;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/**
 * The default export of a module for `stemma run`: a function that builds the pipeline from its parameters. None of it
 * is ever serialised: a process that runs a part of it loads the module.
 *
 * It returns a dataset, all of whose items are pulled; or what a sink that writes files returned, or metrics.
 *
 * @example
 * const pipeline: PipelineModule<{ size?: number }> = ({ size = 32 }) => Dataset.range(100).batch(size);
 * export default pipeline;
 */
export type PipelineModule<P extends { [name: string]: JsonValue } = { [name: string]: JsonValue }> = (
  parameters: P,
  context: PipelineContext,
) => PipelineResult | Promise<PipelineResult>;

/**
 * Numbers by their names, in objects as deep as wanted. A list is a series, such as the loss of each epoch.
 *
 * @example
 * const metrics: Metrics = { accuracy: 0.97, train: { loss: [1.2, 0.4, 0.3] } };
 */
export interface Metrics {
  readonly [name: string]: number | readonly number[] | Metrics;
}

/**
 * A dataset, all of whose items are pulled; or what sinks that write files returned, or metrics, where the pipeline has
 * called its sinks itself.
 */
export type PipelineResult = Dataset<unknown> | WrittenFile | readonly WrittenFile[] | Metrics;
