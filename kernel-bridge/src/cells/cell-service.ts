import type { CellRef } from 'stemma';
import { iopub, type Transport } from '../threads/transport';
import { log } from '../threads/log';
import type { Request, ToFront } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
import { toJson } from '../wire/json';
import type { Content } from '../wire/message';
import { textOf } from '../wire/text-of';
import { Execution } from './execution';
import { type Failure, failureOf } from './failure';
import type { History } from './history';
import type { Outcome, Runner } from './runner';
import { faultText } from './stack-traces';

export interface CellEvents {
  /** Before a cell's code runs; not where it does not compile. */
  onEnter(execution: Execution): void;
  /** After it, before the reply. */
  onLeave(execution: Execution): void;
  /** Right before the reply. An interrupted cell's code has had time to come to its end. */
  onSettle(execution: Execution): void;
  /** Resolves when all requests that clients sent before have arrived. */
  fence(): Promise<void>;
}

/** Serves `execute_request`: one at a time, in order; after one that failed, those that wait are aborted. */
export class CellService {
  readonly #queue: Request[] = [];
  #isPumping = false;
  #count = 0;
  #number = 0;

  constructor(
    private readonly runner: Runner,
    private readonly transport: Transport,
    private readonly state: SharedState,
    private readonly history: History,
    private readonly events: CellEvents,
  ) {}

  add(request: Request): void {
    this.#queue.push(request);
    if (!this.#isPumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let request; (request = this.#queue.shift()) !== undefined;) {
      try {
        await this.#serve(request);
      } catch (error) {
        log(`a request could not be served: ${faultText(error)}`);
      }
    }
    this.#isPumping = false;
  }

  /** Whatever fails, the request gets its reply and its `idle`. */
  async #serve(request: Request): Promise<void> {
    const execution = this.state.whole(() => this.#begin(request));
    let waiting: Request[] = [];
    try {
      checkCode(request.content['code']);
      const outcome = await this.runner.run(execution, !execution.silent, () =>
        this.#tell(() => this.events.onEnter(execution)),
      );
      this.#tell(() => this.events.onLeave(execution));
      // The reply is sent last: what a client sends in response to it must not be aborted.
      if (outcome.status === 'error') await this.events.fence();
      const isAborting = outcome.status === 'error' && request.content['stop_on_error'] !== false;
      if (isAborting) waiting = this.#queue.splice(0);
      this.#tell(() => this.events.onSettle(execution));
      const content = await this.#replyContent(outcome, execution, request.content);
      this.#end(request, execution, content, this.#shown(outcome, execution));
    } catch (error) {
      const failure = failureOf(error);
      const content = { status: 'error', execution_count: execution.cell.executionCount, ...failure };
      this.#end(request, execution, content, [iopub('error', failure, execution)]);
    }
    for (const other of waiting) this.#abort(other);
  }

  #begin(request: Request): Execution {
    const execution = this.#prepare(request);
    this.transport.postTogether([this.#status('busy', request, execution), ...this.#input(execution)]);
    return execution;
  }

  #end(request: Request, execution: Execution, content: Content, shown: ToFront[]): void {
    const idle = this.#status('idle', request, execution);
    this.state.whole(() => this.transport.postTogether([...shown, this.#reply(request, content), idle]));
  }

  /** A failing recorder must not fail the cell. */
  #tell(event: () => void): void {
    try {
      this.state.whole(event);
    } catch (error) {
      log(`the recorder failed: ${faultText(error)}`);
    }
  }

  #prepare({ header, idents, content, metadata }: Request): Execution {
    const source = textOf(content['code']);
    const silent = content['silent'] === true;
    const counts = !silent && content['store_history'] !== false;
    if (counts) this.history.add(++this.#count, source);
    return new Execution({
      number: ++this.#number,
      parent: header,
      idents,
      cell: { id: cellId(metadata), executionCount: this.#count },
      source,
      silent,
      counts,
      allowStdin: content['allow_stdin'] === true,
      interrupts: this.state.interrupts,
    });
  }

  /** The message that shows what came of it. */
  #shown(outcome: Outcome, execution: Execution): ToFront[] {
    if (execution.silent) return [];
    if (outcome.status === 'error') return [iopub('error', outcome.failure, execution)];
    const { shown: data } = outcome;
    const content = { execution_count: execution.cell.executionCount, data, metadata: {} };
    return data === null ? [] : [iopub('execute_result', content, execution)];
  }

  async #replyContent(outcome: Outcome, execution: Execution, content: Content): Promise<Content> {
    const count = { execution_count: execution.cell.executionCount };
    if (outcome.status === 'error') return { status: 'error', ...count, ...outcome.failure };
    const { payload } = execution;
    return { status: 'ok', ...count, payload, user_expressions: await this.#evaluate(content, execution) };
  }

  /** `user_expressions`: each is run as a cell of its own. */
  async #evaluate(content: Content, execution: Execution): Promise<Content> {
    const results: Content = {};
    for (const [name, expression] of Object.entries(Object(content['user_expressions']) as Content)) {
      const source = `(${textOf(expression)})`;
      const number = ++this.#number;
      const outcome = await this.runner.run(
        new Execution({ ...execution, number, source, silent: true, counts: false }),
        true,
      );
      results[name] =
        outcome.status === 'ok'
          ? sendable({ status: 'ok', data: outcome.shown ?? {}, metadata: {} })
          : { status: 'error', ...(outcome.failure satisfies Failure) };
    }
    return results;
  }

  #abort(request: Request): void {
    const content = { status: 'aborted', execution_count: this.#count };
    this.transport.postTogether([
      this.#status('busy', request),
      this.#reply(request, content),
      this.#status('idle', request),
    ]);
  }

  #input(execution: Execution): ToFront[] {
    const { source: code, cell, silent } = execution;
    return silent ? [] : [iopub('execute_input', { code, execution_count: cell.executionCount }, execution)];
  }

  #status(state: 'busy' | 'idle', { header }: Request, execution?: Execution): ToFront {
    return { kind: 'status', state, parent: header, cell: execution?.cell };
  }

  #reply({ channel, header, idents }: Request, content: Content): ToFront {
    return { kind: 'send', channel, type: 'execute_reply', content: toJson(content), parent: header, idents };
  }
}

function checkCode(code: unknown): void {
  if (typeof code === 'string' || code === undefined) return;
  throw new TypeError(`invalid execute_request: expected code as text, got ${JSON.stringify(code).slice(0, 100)}`);
}

/** One of the `user_expressions` of a reply, which a value that is not valid JSON must not break. */
function sendable(result: Content): Content {
  try {
    toJson(result);
    return result;
  } catch (error) {
    return { status: 'error', ...failureOf(error) };
  }
}

/** JupyterLab and VS Code each have a name for it; others send none. */
function cellId(metadata: Content): CellRef['id'] {
  const id = metadata['cellId'] ?? metadata['cell_id'];
  return typeof id === 'string' ? id : null;
}
