import type { KINDS } from '../kinds/kinds';
import type { Artifact, Process } from '../model/document';
import type { GraphSource } from './visible';

/** Kinds that put items together, each item into one batch. */
const BATCHING: readonly string[] = ['batch', 'paddedBatch', 'bucketBy'] satisfies (keyof typeof KINDS)[];
/** Kinds behind which an item is a batch still. */
const KEEPING: readonly string[] = [
  'map',
  'randomMap',
  'mapInWorkers',
  'tap',
  'filter',
  'take',
  'skip',
  'shuffle',
  'cache',
  'prefetch',
] satisfies (keyof typeof KINDS)[];

/** The step that puts the items of a stream together into batches; null where they are not batches. */
export function batchingOf(artifact: Artifact, { artifacts, processes }: GraphSource): Process | null {
  let process = processes.get(artifact.producer);
  while (process !== undefined && KEEPING.includes(process.kind)) {
    process = processes.get(artifacts.get(process.inputs[0] ?? '')?.producer ?? '');
  }
  return process !== undefined && BATCHING.includes(process.kind) ? process : null;
}
