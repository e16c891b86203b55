import { type JsonValue, KINDS, type KnownKind, type Length } from 'stemma-document';
import type { Probe } from '../engine/probe';
import type { Run } from '../engine/run';
import type { Stage } from '../engine/stage';
import { Calls } from '../recorder/calls';
import { now } from '../util/clock';
import { labelOf, nameOf, sourceOf } from '../recorder/label';
import type { CallScope } from '../recorder/call-scope';
import type { ProcessRecord } from '../recorder/process-record';
import type { Session } from '../recorder/session';
import { checkOptions, type OptionTypes } from '../util/options';
import { artifactsOf, type Declaration, knownArtifacts, recordOf, scopeOf, sessionOf } from './declaration';
import { descriptionOf } from './described-function';
import type { Epochs } from './epochs';
import type { Rows } from './rows';
import { identityOf, placeOf } from './identity';

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
  /** The stage of a parent, opened anew in each call. */
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

/** The options that every operation has. */
export interface OperationOptions {
  /** The label in the graph and in error messages. Default: the function's name, or a piece of its source. */
  identifier?: string;
  /** Results of other pipelines that the function uses: what `reduce`, `count` or `toArray` answered. */
  uses?: readonly unknown[];
  /** False: no samples of what the operation puts out are kept. Default: as `provenance.settings` say. */
  samples?: boolean;
}

/** An identifier alone may stand in the options' place. */
export type Options<T extends OperationOptions = OperationOptions> = T | string;

/** The options that every operation has, for `optionsOf`. */
export const OPERATION_OPTIONS: OptionTypes<OperationOptions> = {
  identifier: 'text',
  uses: 'list',
  samples: 'boolean',
};

/**
 * What was given for the options of `kind`, an identifier alone as a record; `known` names all that there are.
 *
 * @throws TypeError if it is neither, or has an option that `known` lacks.
 */
export function optionsOf<T extends Pick<OperationOptions, 'identifier'>>(
  options: T | string | undefined,
  kind: string,
  known: OptionTypes<T>,
): Partial<T> {
  if (options === undefined) return {};
  if (typeof options === 'string') return { identifier: options } as Partial<T>;
  checkOptions(options, kind, known);
  return options;
}

/** What an operation says of itself. */
export interface NodeDefinition {
  kind: KnownKind;
  parents?: readonly Node[];
  options: Partial<OperationOptions>;
  /** As resolved, for the record. */
  recorded?: { [name: string]: JsonValue };
  fn?: unknown;
  /** How many passes of its parents one pass of it makes. Default 1. */
  passes?: number;
  draws?: boolean;
  nests?: boolean;
  isLook?: boolean;
  epoch?: number;
  readsAllFirst?: boolean;
  choosesEpoch?: boolean;
  length: () => Length;
  /** Which rows of its sources it is made of, by a rule of `row-rules`. Default: those of the sources, of which some may pass. */
  rows?: (node: Node) => Rows | null;
  /** Whether it never ends. Default: where one of the parents does not, and the length is neither known nor bounded. */
  endless?: boolean;
  open: (context: OpenContext) => Stage;
}

/** More than any pipeline needs, and less than what the stack has room for while it is declared. */
const MAX_DEPTH = 5_000;

/** Why `depth` operations in a row, the last of which is `what`, are refused. */
export function tooDeep(what: string, depth: number): RangeError {
  return new RangeError(
    `expected fewer operations in a row, got ${depth} up to ${what}: they call each other, and the stack overflows; ` +
      'call the functions one after the other in one map, or make one of many datasets by fromArray(…).flatMap(…)',
  );
}

/** Declares an operation: its node, and its process in the record. */
export function defineNode(definition: NodeDefinition): Node {
  const { kind, options, fn, open, length, parents = [], passes = 1, draws = false } = definition;
  const { role } = KINDS[kind];
  const label = labelOf(options.identifier, kind, fn);
  const name = nameOf(options.identifier, kind, fn);
  const description = descriptionOf(fn);
  const recorded = { ...definition.recorded, ...(description === null ? {} : { parameters: description.parameters }) };
  const depth = 1 + parents.reduce((deepest, parent) => Math.max(deepest, parent.depth), 0);
  if (depth > MAX_DEPTH) throw tooDeep(`${kind} "${label}"`, depth);
  const session = sessionOf(kind, parents);
  const declaration: Declaration = {
    kind,
    role,
    label,
    uses: [...new Set([...artifactsOf(options.uses, session), ...knownArtifacts(description?.uses, session)])],
    options: recorded,
    hasDrawnSeed: (options as { seed?: number }).seed === undefined,
    samples: options.samples,
    fn,
  };
  const scope = scopeOf(session, parents);
  let identity: number | undefined;
  const node: Node = {
    kind,
    label,
    name,
    get code() {
      return typeof fn === 'function' ? sourceOf(fn, Infinity).source : null;
    },
    get identity() {
      return (identity ??= identityOf(kind, name, parents));
    },
    place: placeOf(kind, name, parents),
    parents,
    depth,
    options: recorded,
    passes,
    epochs: passes * Math.max(1, ...parents.map((parent) => parent.epochs)),
    draws,
    nests: definition.nests ?? false,
    isLook: definition.isLook ?? false,
    epoch: definition.epoch ?? null,
    readsAllFirst: definition.readsAllFirst ?? false,
    choosesEpoch: definition.choosesEpoch ?? false,
    session,
    get record() {
      return record;
    },
    declaration,
    scope,
    length,
    rows: () => definition.rows?.(node) ?? null,
    endless: definition.endless ?? isEndless(length, parents),
    open: (run, pass, epochs) => {
      const probe = run.probe(record, calls);
      const first = epochs.first(node);
      if (draws && record !== null) run.record?.beginEpoch(record, first);
      let startMs = now();
      const parent = (index = 0, at = pass, its = epochs): Stage => {
        const leftMs = now();
        const stage = parents[index]!.open(run, at, its);
        startMs += now() - leftMs;
        return stage;
      };
      const stage = open({ run, pass, epoch: first + pass, epochs, probe, node, parent });
      probe?.spend(now() - startMs);
      return stage;
    },
  };
  // Last, when nothing can fail any more: what is refused leaves no trace.
  const record = recordOf(node);
  // For the error of a probe. Held here and not in the record, which must not keep a pipeline that nobody holds. Within a call of a
  // user's function it would double what a declaration costs; what fails there names that function.
  const calls = record !== null && scope === null ? new Calls() : null;
  return node;
}

function isEndless(length: () => Length, parents: readonly Node[]): boolean {
  if (parents.length > 0 && !parents.some(({ endless }) => endless)) return false;
  const { kind } = length();
  return kind === 'infinite' || (kind === 'unknown' && parents.length > 0);
}
