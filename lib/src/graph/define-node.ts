import { type JsonValue, KINDS, type KnownKind, type Length } from 'stemma-document';
import type { Stage } from '../engine/stage';
import { Calls } from '../recorder/calls';
import { sourceOf } from '../recorder/captures/source-of';
import { labelOf, nameOf } from '../recorder/label';
import { now } from '../util/clock';
import { artifactsOf, knownArtifacts, recordOf, scopeOf, sessionOf } from './declaration';
import { descriptionOf } from './described-function';
import { identityOf, placeOf } from './identity';
import type { Declaration, Node, OpenContext } from './node';
import type { OperationOptions } from './operation-options';
import type { Rows } from './rows';

/** What an operation says of itself. */
export interface NodeDefinition {
  kind: KnownKind;
  parents?: readonly Node[];
  options: Partial<OperationOptions>;
  /** As resolved, for the record. */
  recorded?: { [name: string]: JsonValue };
  fn?: unknown;
  /** Of a source: the files that it reads. */
  files?: readonly string[];
  /** How many passes of its parents one pass of it makes. Default 1. */
  passes?: number;
  draws?: boolean;
  nests?: boolean;
  isLook?: boolean;
  epoch?: number;
  readsAllFirst?: boolean;
  choosesEpoch?: boolean;
  readOnce?: string | null;
  length: () => Length;
  /**
   * Which rows of its sources it is made of, by a rule of `row-rules`. Default: those of the sources, of which some may
   * pass.
   */
  rows?: (node: Node) => Rows | null;
  /** Whether it never ends. Default: where one of the parents does not, and the length is neither known nor bounded. */
  endless?: boolean;
  open: (context: OpenContext) => Stage;
}

/** More than any pipeline needs, and less than the stack can hold while it is declared. */
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
  const { kind, options, fn, length, parents = [], passes = 1, draws = false } = definition;
  const name = nameOf(options.identifier, kind, fn);
  const depth = 1 + parents.reduce((deepest, parent) => Math.max(deepest, parent.depth), 0);
  const session = sessionOf(kind, parents);
  const declaration = declarationOf(definition, session);
  const { label } = declaration;
  if (depth > MAX_DEPTH) throw tooDeep(`${kind} "${label}"`, depth);
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
    options: declaration.options,
    passes,
    epochs: passes * Math.max(1, ...parents.map((parent) => parent.epochs)),
    draws,
    nests: definition.nests ?? false,
    isLook: definition.isLook ?? false,
    epoch: definition.epoch ?? null,
    readsAllFirst: definition.readsAllFirst ?? false,
    choosesEpoch: definition.choosesEpoch ?? false,
    readOnce: definition.readOnce ?? null,
    session,
    get record() {
      return record;
    },
    declaration,
    scope,
    length,
    rows: () => definition.rows?.(node) ?? null,
    endless: definition.endless ?? isEndless(length, parents),
    open: (run, pass, epochs) => openNode({ node, open: definition.open, calls }, run, pass, epochs),
  };
  // Last, when nothing can fail any more: what is refused leaves no trace.
  const record = recordOf(node);
  // For the error of a probe. Held here and not in the record, which must not keep a pipeline that nobody holds. Within
  // a call of a user's function it would double what a declaration costs; what fails there names that function.
  const calls = record !== null && scope === null ? new Calls() : null;
  return node;
}

/** What the record is given of an operation. */
function declarationOf(
  { kind, options, fn, recorded, files }: NodeDefinition,
  session: ReturnType<typeof sessionOf>,
): Declaration {
  const description = descriptionOf(fn);
  return {
    kind,
    role: KINDS[kind].role,
    label: labelOf(options.identifier, kind, fn),
    uses: [...new Set([...artifactsOf(options.uses, session), ...knownArtifacts(description?.uses, session)])],
    options: { ...recorded, ...(description === null ? {} : { parameters: description.parameters }) },
    hasDrawnSeed: (options as { seed?: number }).seed === undefined,
    samples: options.samples,
    fn,
    files,
  };
}

/** Opens the stage of a node in a run, and books the time for that: without what its parents take. */
function openNode(
  { node, open, calls }: { node: Node; open: NodeDefinition['open']; calls: Calls | null },
  ...[run, pass, epochs]: Parameters<Node['open']>
): Stage {
  const { record, parents, draws } = node;
  const probe = run.probe(record, calls);
  // What runs within calls of a function captures something else in each call; what has parameters shows what it
  // captures.
  if (probe !== null && node.scope === null && node.options.parameters === undefined)
    node.session.noteCaptures(probe.process, node.declaration.fn);
  if (probe !== null && node.scope === null) node.session.noteFiles(probe.process, node.declaration.files);
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
}

function isEndless(length: () => Length, parents: readonly Node[]): boolean {
  if (parents.length > 0 && !parents.some(({ endless }) => endless)) return false;
  const { kind } = length();
  return kind === 'infinite' || (kind === 'unknown' && parents.length > 0);
}
