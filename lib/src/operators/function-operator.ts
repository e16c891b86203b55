import { atMost } from '../graph/length';
import { defineNode, type NodeDefinition } from '../graph/define-node';
import type { Node, OpenContext } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions } from '../graph/operation-options';
import type { FunctionMode } from '../engine/function-mode';
import { FunctionStage } from '../engine/function-stage';
import type { Probe } from '../engine/probe';
import type { Stage } from '../engine/stage';
import { checkOnError, type OnError, recordedOnError } from '../engine/on-error';
import { type Call, UserFunction } from '../engine/user-function';
import type { JsonValue, Length, KnownKind } from 'stemma-document';
import { checkCount, checkFunction } from '../util/check';
import type { OptionTypes } from '../util/options';

/** The options of operations that call your function for each item. */
export interface FunctionOptions extends OperationOptions {
  /** The maximum number of concurrent calls of an asynchronous function. Default 8. */
  concurrency?: number;
  /**
   * Whether results of an asynchronous function keep the order of the items. False: emitted as they arrive. Default
   * true.
   */
  ordered?: boolean;
  /** What to do with an item for which the function throws. Default `'throw'`. */
  onError?: OnError;
}

/** Their names, for `optionsOf`. */
export const FUNCTION_OPTIONS: OptionTypes<FunctionOptions> = {
  ...OPERATION_OPTIONS,
  concurrency: 'any',
  ordered: 'boolean',
  onError: 'any',
};

const DEFAULT_CONCURRENCY = 8;

/** The common part of the operations that call a function. `bind` makes what is called for each item, for one epoch. */
export function functionNode(definition: {
  kind: KnownKind;
  mode: FunctionMode;
  parent: Node;
  fn: unknown;
  /** False: the function is ours, and of no interest in the record. */
  showFunction?: boolean;
  /** Where the user says nothing of it; it is not recorded. */
  defaultConcurrency?: number;
  /** As `optionsOf` returned them. */
  options: Partial<FunctionOptions>;
  recorded?: { [name: string]: JsonValue };
  rows?: NodeDefinition['rows'];
  length: (length: Length) => Length;
  bind: (context: OpenContext) => Call;
  /** What `bind` makes wants the item's origin, too. */
  usesOrigin?: boolean;
  draws?: boolean;
  nests?: boolean;
  /** Puts a second stage behind the one that calls the function. */
  then?: (stage: Stage, fn: UserFunction, probe: Probe | null, epoch: number) => Stage;
}): Node {
  const {
    kind,
    mode,
    parent,
    fn,
    options,
    bind,
    then,
    usesOrigin = false,
    defaultConcurrency = DEFAULT_CONCURRENCY,
  } = definition;
  checkFunction(fn, `function of ${kind}`);
  const { concurrency = defaultConcurrency, ordered = true, onError = 'throw' } = options;
  checkCount(concurrency, 'concurrency', 1);
  checkOnError(onError, kind);
  const recorded: { [name: string]: JsonValue } = { ...definition.recorded, ...recordedOnError(options.onError) };
  if (options.concurrency !== undefined) recorded.concurrency = concurrency;
  if (options.ordered !== undefined) recorded.ordered = ordered;
  return defineNode({
    kind,
    parents: [parent],
    options,
    recorded,
    fn: definition.showFunction === false ? undefined : fn,
    rows: definition.rows,
    length: () => definition.length(parent.length()),
    draws: definition.draws,
    nests: definition.nests,
    open: (context) => {
      const { run, probe, node, epoch, parent: upstream } = context;
      const call = bind(context);
      const inner = then === undefined ? probe : (probe?.inner() ?? null);
      const userFunction = new UserFunction(kind, node.label, call, usesOrigin, onError, run, inner);
      const stage = new FunctionStage(upstream(), mode, userFunction, { concurrency, ordered });
      return then === undefined ? stage : then(stage, userFunction, probe, epoch);
    },
  });
}

/** One item in, one out, unless failing items are left out. */
export function lengthWith({ onError = 'throw' }: Partial<FunctionOptions>): (length: Length) => Length {
  return onError === 'throw' ? (length) => length : atMost;
}
