import type { State } from 'stemma-document';
import type { Session } from '../recorder/session';

/** How far a run is. */
export interface Progress {
  items: number;
  /** Null where the length is not known. */
  total: number | null;
}

/** A pipeline that `stemma run` runs, as its companions see it. */
export interface PipelineRun {
  /** Name of the module's file. */
  readonly name: string;
  readonly session: Session;
  /** Null while the pipeline is still built. */
  progress(): Progress | null;
}

/**
 * Something that goes along with a run and leaves it as it is: a progress bar, a monitor. All are started before the
 * module is loaded and stopped, last one first, once the run has ended and its document is written.
 */
export interface Companion {
  start(run: PipelineRun): void | Promise<void>;
  stop(outcome: State): void | Promise<void>;
}
