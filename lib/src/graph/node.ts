import type { JsonValue, KnownKind, Length } from 'stemma-document';
import type { Probe } from '../engine/probe';
import type { Run } from '../engine/run';
import type { Stage } from '../engine/stage';
import type { CallScope } from '../recorder/call-scope';
import type { ProcessDefinition } from '../recorder/process-definition';
import type { ProcessRecord } from '../recorder/process-record';
import type { Session } from '../recorder/session';
import type { Rows } from './rows';

/** Which epochs the operations of chance are at in one run, or in a part of one. */
export interface Epochs {
  /** The epoch of `node` in its first pass of the run. */
  first(node: Node): number;
  /** Where the count of the passes of sources starts, which distinguishes repeated items. */
  readonly firstPass: number;
}

/** What an operation says of itself to any record: all but the inputs, which are those of its parents. */
export type Declaration = Omit<ProcessDefinition, 'inputs'>;

/** How a node goes to work: its own stage on those of its parents. */
export interface OpenContext {
  run: Run;
  /** How often the stream was begun before in this run: 0 at first, more in a later repetition. */
  pass: number;
  /** Which epoch of its numbers the operation is at: one more in each run, and in each repetition. */
  epoch: number;
  /** Those of the operations before it. */
  epochs: Epochs;
  probe: Probe | null;
  node: Node;
  /** The stage of a parent; each call opens a new one. */
  parent(index?: number, pass?: number, epochs?: Epochs): Stage;
}

/** One operation in the graph: readonly data, and how to open it. */
export interface Node {
  readonly kind: KnownKind;
  readonly label: string;
  /** As the label, without any source code. */
  readonly name: string;
  /** The source of its function; null where it has none. */
  readonly code: string | null;
  /** From `identityOf`. */
  readonly identity: number;
  /** From `placeOf`. */
  readonly place: number;
  readonly parents: readonly Node[];
  /** How many operations there are in a row up to this one. */
  readonly depth: number;
  /** The options that decide what it does, as the record has them. */
  readonly options: { readonly [name: string]: JsonValue };
  /** How many passes of its parents one pass of it makes. */
  readonly passes: number;
  /** How many epochs of its sources one pass of it has: more than one below a repetition. */
  readonly epochs: number;
  /** It is at another epoch of its random numbers in each run. */
  readonly draws: boolean;
  /** Its function may run datasets, which are at its epoch. */
  readonly nests: boolean;
  /** What is before it only shows an item or none: the epochs of training are not used up. */
  readonly isLook: boolean;
  /** The epoch that all before it is at, in each run; null where runs are counted. */
  readonly epoch: number | null;
  /** Why it cannot be read a second time, in words; null where it can. */
  readonly readOnce: string | null;
  /** The user chose that epoch. */
  readonly choosesEpoch: boolean;
  /** Where it is recorded, if it is: with its sources. */
  readonly session: Session;
  /** Null where nothing is recorded. */
  readonly record: ProcessRecord | null;
  /** What the record says of it, whether there is one or not. */
  readonly declaration: Declaration;
  /** It reads its input to the end before it emits the first item. */
  readonly readsAllFirst: boolean;
  /** It never ends, unless at once since there is nothing to repeat. */
  readonly endless: boolean;
  /** Of the call of a user's function in which it was made; null where it was made outside of all. */
  readonly scope: CallScope | null;
  length(): Length;
  /** The rows of its sources that it is made of, where it knows more of them than which sources there are. */
  rows(): Rows | null;
  open(run: Run, pass: number, epochs: Epochs): Stage;
}
