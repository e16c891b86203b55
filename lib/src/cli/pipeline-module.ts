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
 * It returns a dataset, all of whose items are pulled, or what a sink that writes files returned.
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
 * A dataset, all of whose items are pulled; or what sinks that write files returned, where the pipeline has called them
 * itself.
 */
export type PipelineResult = Dataset<unknown> | WrittenFile | readonly WrittenFile[];
