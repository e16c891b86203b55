import { type JsonValue, kindOf, type KnownKind, type Length, type WrittenFile } from 'stemma-document';
import { rememberResult } from '../graph/results';
import { tooDeep } from '../graph/define-node';
import type { Node } from '../graph/node';
import { OPERATION_OPTIONS, type OperationOptions } from '../graph/operation-options';
import { RunEpochs } from '../graph/epochs';
import { atMost, exactly } from '../graph/length';
import { Driver } from '../engine/driver';
import { failureOf, locate } from '../engine/errors';
import type { OnError } from '../engine/on-error';
import type { Origin } from '../engine/origin';
import type { Probe } from '../engine/probe';
import { Run } from '../engine/run';
import type { Stage } from '../engine/stage';
import { isSurrounded } from '../engine/surrounding-epoch';
import type { FunctionContext } from '../engine/user-function';
import { Chunk } from '../engine/chunk';
import { currentScope, followScopes, liveScope } from '../recorder/call-scope';
import { Calls } from '../recorder/calls';
import { sourceOf } from '../recorder/captures/source-of';
import { labelOf } from '../recorder/label';
import type { NestedRun } from '../recorder/nested-run';
import type { ProcessRecord } from '../recorder/process-record';
import type { Session } from '../recorder/session';
import { stepAround } from '../recorder/steps-under-way';
import { UncaughtError } from '../recorder/uncaught-error';
import type { OptionTypes } from '../util/options';
import { isStackOverflow } from '../util/stack-overflow';
import { goOn } from '../engine/go-on';
import { type IteratorState, placeOf, stateOf } from './iterator-state';
import { othersGoOn } from './loops-left';

/** The options that every sink has. */
export interface SinkOptions extends Omit<OperationOptions, 'uses'> {
  /** Ends the run when aborted: the sink then throws the reason of the signal. */
  signal?: AbortSignal;
}

const { identifier, samples } = OPERATION_OPTIONS;

/** Their names, for `optionsOf`. */
export const SINK_OPTIONS: OptionTypes<SinkOptions> = { identifier, samples, signal: 'signal' };

/** What a sink says of itself. */
export interface SinkDefinition {
  kind: KnownKind;
  options: SinkOptions;
  /** What else it was given, for the record. */
  parameters?: { [name: string]: JsonValue };
  fn?: unknown;
  /** What to do with an item that it fails on. Undefined: it ends the run. */
  onError?: OnError;
  /** Called when the run ends early: what was begun is to leave nothing behind. */
  discard?: () => Promise<void>;
  /** What the user's code called. */
  entry?: (...args: never[]) => unknown;
  /** It may be asked where it is. */
  hasState?: boolean;
  /** Where to go on, as `checkedState` returned it. */
  resume?: IteratorState;
}

/** How often each dataset was iterated, and the sinks that did it. */
const iterations = new WeakMap<Node, { count: number; sinks: Map<string, ProcessRecord> }>();

/** One run from its beginning to its end, whichever that is. The sink pulls, and says how the run ended. */
export class SinkRun {
  readonly driver: Driver;
  readonly probe: Probe | null;
  readonly process: ProcessRecord | null;
  /** What the functions of a sink get. */
  readonly context: FunctionContext;
  readonly session: Session;
  readonly #run: Run;
  readonly #root: Stage;
  readonly #epochs: RunEpochs;
  /** What a user's function runs is a part of the run that calls the function. */
  #nested: NestedRun | null = null;
  /**
   * Null within a call of a user's function: its error is that of the run that calls the function, which knows its own.
   */
  readonly #calls: Calls | null;
  #ended = false;

  constructor(
    private readonly node: Node,
    private readonly definition: SinkDefinition,
  ) {
    const startedMs = performance.now();
    othersGoOn();
    const { session } = node;
    this.session = session;
    const caller = session.recording ? (currentScope() ?? liveScope(node.scope)) : null;
    const scope = caller?.session === session ? caller : null;
    this.#calls = caller === null && !isSurrounded() ? new Calls(definition.entry) : null;
    // It ends with the run that calls the function, too.
    const run = (this.#run = new Run(session, definition.options.signal, caller?.signal));
    let state = iterations.get(node);
    if (state === undefined) iterations.set(node, (state = { count: 0, sinks: new Map() }));
    const { resume } = definition;
    const epochs = (this.#epochs = new RunEpochs(node, resume?.epochs));
    if (definition.hasState === true) run.notedRows = new Map();
    const epoch = epochs.highest ?? state.count;
    state.count++;
    if (!session.recording || node.record === null || (scope === null && isSurrounded())) this.process = null;
    else if (scope !== null) {
      this.process = sinkWithin(session, scope.process, node, definition);
      this.#nested = run.recordWithin(scope.run);
    } else {
      if (session.callsOverlap) followScopes();
      const step = node.record.output && stepAround(session, node.record.output);
      const isLoop = kindOf(definition.kind)?.loop === true;
      this.process = isLoop && step !== null ? step.process : sinkRecord(session, node, definition, state.sinks);
      if (step !== null) session.readInStep(step.process, (isLoop ? null : this.process.output) ?? node.record.output!);
      run.recordAs(
        session.beginRun(
          this.process,
          epoch,
          run.describeOrigins,
          { abort: (reason) => run.abort(reason), abandon: (reason) => void this.fail(reason) },
          resume && { run: resume.run, items: resume.items },
        ),
      );
    }
    run.last = node.record;
    this.probe = run.probe(this.process);
    if (this.process !== null && this.#nested === null) session.noteCaptures(this.process, definition.fn);
    this.context = { signal: run.signal };
    this.#root = openedBy(node, () => {
      const root = node.open(run, 0, epochs);
      return resume === undefined || resume.items === 0 ? root : goOn(root, placeOf(node, resume, run))!;
    });
    if (this.process !== null && this.#nested === null) session.announceRun();
    this.driver = new Driver(run, this.#root, () => session.tick(), startedMs);
  }

  /** One line on where an item came from. */
  describeOrigin(origin: Origin): string | null {
    return this.#run.describeOrigin(origin);
  }

  /** Where it is once `items` were handed out, the last of which had this origin. */
  stateAt(items: number, origin: Origin | null): IteratorState {
    return stateOf(this.node, { items, origin, run: this.#run, epochs: this.#epochs.all });
  }

  get onError(): OnError | undefined {
    return this.definition.onError;
  }

  /** What ended the run from outside; undefined where nothing did. */
  get abortReason(): Error | undefined {
    return this.#run.aborted ? (this.#run.signal.reason as Error) : undefined;
  }

  /** The sink took all that it wanted; `value` is what it returns. */
  async complete(value?: unknown): Promise<void> {
    // The value of a step is not that of a loop in it.
    if (this.probe !== null && this.process?.output && kindOf(this.definition.kind)?.loop !== true) {
      if (this.process.output.kind === 'file') this.probe.wrote([value].flat() as WrittenFile[]);
      else this.probe.emit(new Chunk([value], [[]]));
      rememberResult(value, this.process.output, this.session);
    }
    await this.#end('complete');
  }

  /** The pipeline or the user's code failed, or the run was aborted. Never throws: the error is on its way already. */
  async fail(error: unknown): Promise<void> {
    const reason = this.abortReason;
    const aborted = reason !== undefined && !(reason instanceof UncaughtError);
    locate(error, this.#calls);
    await this.#end(aborted ? 'aborted' : 'failed', error).catch(() => undefined);
  }

  /** A loop is left early, by `break`, `return` or what its body threw: JavaScript does not tell which. */
  async stop(): Promise<void> {
    const reason = this.abortReason;
    await this.#end(reason === undefined ? 'stopped' : 'aborted', reason);
  }

  /** The code whose loop was left has failed after all, with what the loop's body must have thrown. */
  failLate(error: unknown): void {
    const { record } = this.#run;
    if (record !== null && this.#nested === null) this.session.failLate(record, failureOf(error));
  }

  async #end(state: 'complete' | 'stopped' | 'failed' | 'aborted', error?: unknown): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { record } = this.#run;
    this.#nested?.end();
    if (record !== null && this.#nested === null)
      this.session.endRun(record, state, error === undefined ? null : failureOf(error));
    const { aborted } = this.#run;
    // What functions are still at work has no one to work for.
    if (state !== 'complete') this.#run.abort(error);
    const discarded = state === 'complete' ? undefined : this.definition.discard?.();
    this.#run.dispose();
    const closed = this.#root.close();
    await discarded;
    // A source that waits for something that never comes would keep an aborted run from ending.
    if (!aborted) await closed;
    else if (closed instanceof Promise) closed.catch(() => undefined);
  }
}

/** A graph that cannot be opened, say since it is too deep, fails as one does that cannot be pulled. */
function openedBy(node: Node, open: () => Stage): Stage {
  try {
    return open();
  } catch (thrown) {
    const error = isStackOverflow(thrown) ? tooDeep(`${node.kind} "${node.label}"`, node.depth) : thrown;
    return {
      pull: () => {
        throw error;
      },
      close: () => undefined,
    };
  }
}

/** The process of a sink in a call of a function; null for a loop, whose items the function itself reads. */
function sinkWithin(
  session: Session,
  owner: ProcessRecord,
  node: Node,
  { kind, options, parameters = {}, fn }: SinkDefinition,
): ProcessRecord | null {
  const input = node.record!.output!;
  const process =
    kindOf(kind)?.loop === true
      ? null
      : session.declareInner(
          owner,
          {
            kind,
            role: 'sink',
            label: labelOf(options.identifier, kind, fn),
            inputs: [input],
            uses: [],
            options: parameters,
            samples: options.samples,
            fn,
          },
          resultOf(kind, node),
        );
  session.readInner(owner, process?.output ?? input);
  return process;
}

/** The sink's process: the same one each time that the same code of one cell's execution runs. */
function sinkRecord(
  session: Session,
  node: Node,
  definition: SinkDefinition,
  known: Map<string, ProcessRecord>,
): ProcessRecord {
  const { kind, options, parameters = {}, fn } = definition;
  const label = labelOf(options.identifier, kind, fn);
  const cell = session.currentCell();
  const key = JSON.stringify([kind, label, cell, parameters, typeof fn === 'function' ? sourceOf(fn) : null]);
  let record = known.get(key);
  if (record === undefined || !session.processes.has(record.id)) {
    record = session.declare(
      {
        kind,
        role: 'sink',
        label,
        inputs: node.record?.output ? [node.record.output] : [],
        uses: [],
        options: parameters,
        samples: options.samples,
        fn,
      },
      resultOf(kind, node),
    );
    known.set(key, record);
  }
  return record;
}

function resultOf(kind: KnownKind, node: Node): { kind: 'value' | 'file'; length: Length } | null {
  const { value, file } = kindOf(kind)!;
  if (file === true) return { kind: 'file', length: atMost(node.length()) };
  return value === true ? { kind: 'value', length: exactly(1) } : null;
}
