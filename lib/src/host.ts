/**
 * The contract between this library and the program that runs the user's code (a notebook kernel).
 *
 * The host puts itself at `globalThis[Symbol.for('stemma.host')]` before user code runs; the library looks there when
 * it is loaded and attaches its session. So the kernel need not load the library, and two copies of the library share
 * one session.
 */
import type { Cell, CellRef, DocumentFrame, Patch, Position, ProvenanceDocument, Sample } from 'stemma-document';
import type { Place } from './util/source-places';

export type { Place };

/** Where the host puts itself in `globalThis`. */
export const HOST_KEY = Symbol.for('stemma.host');
/** Where the one session of a process is in `globalThis`. */
export const SESSION_KEY = Symbol.for('stemma.session');

/**
 * A method of a dataset's iterators that takes what the body of a loop threw, and that a host calls before `return`:
 * JavaScript calls that for a `break`, too, and does not tell.
 */
export const LOOP_FAILED = Symbol.for('stemma.loopFailed');

/** A cell that has begun to run. */
export type EnteredCell = Omit<Cell, 'superseded'>;

/** What the library asks of the program that runs the user's code. */
export interface Host {
  /** The cell whose code runs now; undefined outside of a cell. */
  cell(): (CellRef & { source: string }) | undefined;
  /** All cells that have begun to run, in order; also those before the library was loaded. */
  cells?(): readonly EnteredCell[];
  /**
   * Where the user wrote what stands at a place of the code that runs: in a cell, or with the path in a file that the
   * host has compiled. Undefined for what is neither.
   */
  original?(place: Place): Position | undefined;
  /** A function of a cell as the user wrote it, before it was compiled; undefined for any other. */
  functionSource?(fn: object): string | undefined;
  /**
   * The variable of the user's code that a captured variable `name` of the compiled code stands for. Null where that
   * has no value yet; undefined where it is what it seems to be.
   */
  captured?(name: string, value: unknown): { name: string; value: unknown } | null | undefined;
  /** Path of the notebook, where the front end tells it. */
  notebook?(): string | null;
  /** Versions that only the host knows, e.g. of tslab. */
  packages?(): Record<string, string>;
  /** Files of the user's own code that only the host knows of, since it has loaded them itself. */
  files?(): Iterable<string>;
  /** Called once, when the library is loaded. */
  attach(session: HostedSession): void;
}

/** The program that runs the user's code, where it is one that knows this contract. */
export function currentHost(): Host | undefined {
  return (globalThis as { [HOST_KEY]?: Host })[HOST_KEY];
}

/** What a host may do with the recorder's session. */
export interface HostedSession {
  readonly id: string;
  /** The host begins to run a cell: what an earlier execution of the same cell id made is superseded. */
  enterCell(cell: EnteredCell): void;
  /** Aborts all runs under way (the user interrupted the kernel). Those whose code an interrupt tore down end, too. */
  interrupt(): void;
  /** Listeners that tell others only now and then do so at once: a cell is about to end. */
  settle(): void;
  /** The process is about to end: aborts all runs at once, and lets listeners report how they ended. */
  end(): void;
  document(options?: { samples?: boolean }): ProvenanceDocument;
  /**
   * What the document says beside its graph and cells; looks at all modules that are loaded, which takes some 20 ms.
   */
  frame(): DocumentFrame;
  /**
   * A listener that has seen nothing yet. `sketches`: patches of finished runs include their sketches, which merging
   * and charts need.
   */
  feed(options?: FeedOptions): Feed;
  /** `pixels`: images as RGB bytes in place of PNGs, for another thread to encode. */
  samples(artifact: string, images?: 'png' | 'pixels'): BinarySample[];
}

export interface FeedOptions {
  sketches?: boolean;
}

/** As `Sample`, with the PNG (or the pixels, row by row) of each thumbnail as bytes in place of the data URL. */
export type BinarySample = Omit<Sample, 'value'> & { value: unknown };

/** One listener's view of what changed. It costs nothing while nobody calls `take`. */
export interface Feed {
  /**
   * What changed since the last call (at first: all there is), or null. Ids of artifacts with new samples in `samples`.
   */
  take(): { patch: Patch; samples: string[] } | null;
  /**
   * From the next `take`, patches include timing sketches for the producers of these artifacts even while they run.
   * Replaces the previous list.
   */
  watch(artifacts: readonly string[]): void;
  /** Called, at most once between two `take`s, when there is something to take. */
  onDirty: (() => void) | null;
  /** Called when a run is about to pull its first item: user code may keep the thread from there on. */
  onRun: (() => void) | null;
  /** Called when a listener that waits before it takes should take now: there may be no later. */
  onSettle: (() => void) | null;
  close(): void;
}
