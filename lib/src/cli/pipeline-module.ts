import type { Dataset } from '../dataset/dataset';
import type { JsonValue, Shard } from 'stemma-document';

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
 * The default export of a module for `stemma run`: a function that builds the pipeline from its parameters. None of it is
 * ever serialised: a process that runs a part of it loads the module.
 *
 * @example
 * const pipeline: PipelineModule<{ size?: number }> = ({ size = 32 }) => Dataset.range(100).batch(size);
 * export default pipeline;
 */
export type PipelineModule<P extends { [name: string]: JsonValue } = { [name: string]: JsonValue }> = (
  parameters: P,
  context: PipelineContext,
) => Dataset<unknown> | Promise<Dataset<unknown>>;
