/** A pass of a sink over the graph. */
import type { Failure, ProcessRun } from './process';
import type { CellRef } from './session';
import type { Count, Extensions, State } from './values';

/** Where a run goes on that an earlier one did not finish, as the state of its iterator says. */
export interface Resumed {
  /** The id of the run that the state is of, mostly in another document; null where it was not recorded. */
  run: string | null;
  /** How many items that run, and those that it had resumed, had handed out. This run counts its own alone. */
  items: Count;
}

/** One pass of a sink over the graph. */
export interface Run {
  /** A UUID (RFC 9562), unique in all sessions. In old documents `r3`, unique in its session alone. */
  id: string;
  /** Its place among the runs of the document, from 1 and with those that were dropped: what a person knows it by. */
  number?: Count;
  /** Id of the process that pulled. */
  sink: string;
  /** Ids of the processes that took part. */
  processes: string[];
  state: State;
  startedAt: string;
  endedAt: string | null;
  durationMs: number | null;
  /**
   * How much of the duration the recorder took to look at items, for schemas, statistics and samples. It is in the
   * times of no process. Absent from documents of before.
   */
  recordingMs?: number;
  /**
   * The epoch of the operations of chance in the run, the highest where they differ: `dataset.epoch` replays it.
   * Without any, how often the dataset was iterated before.
   */
  epoch: Count;
  /**
   * By the id of each operation of chance in the run: the epoch of its first pass. With the seeds it decides all orders
   * and random numbers.
   */
  epochs?: { [process: string]: Count };
  /** What it goes on from: see `Resumed`. Absent from a run that begins at the beginning. */
  resumed?: Resumed;
  cell: CellRef | null;
  failure: Failure | null;
  /**
   * One sentence on what the run spent its time on, from the figures of its processes; null before there is anything to
   * say. In a merged document all runs of one sink have one sentence, from the figures of all sessions.
   */
  diagnosis: string | null;
  /** What each process did in the run, by its id. Absent where the recorder's limits have dropped it. */
  perProcess?: { [process: string]: ProcessRun };
  /** See {@link Extensions}. */
  extensions?: Extensions;
}
