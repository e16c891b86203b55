import type { CellRef } from 'stemma';
import { iopub, type Transport } from '../main/transport';
import type { Request, ToFront } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
import { toJson } from '../wire/json';
import type { Content } from '../wire/message';
import { Execution } from './execution';
import { type Failure, failureOf } from './failure';
import type { History } from './history';
import { mimeBundle } from './mime-bundle';
import type { Outcome, Runner } from './runner';

export interface CellEvents {
  /** Before a cell's code runs. */
  onEnter(execution: Execution): void;
  /** After it, before the reply. */
  onLeave(execution: Execution): void;
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
      const execution = this.#prepare(request);
      try {
        await this.#serve(request, execution);
      } catch (error) {
        // A failure of the kernel's own, or of a library's that watches it.
        this.#tell(request, execution, failureOf(error));
      }
    }
    this.#isPumping = false;
  }

  async #serve(request: Request, execution: Execution): Promise<void> {
    this.transport.postTogether([this.#status('busy', request, execution), ...this.#input(execution)]);
    const { outcome, shown } = await this.#execute(execution);
    const isAborting = outcome.status === 'error' && request.content['stop_on_error'] !== false;
    // The reply goes out last: what a client sends in answer to it is not to be aborted.
    if (isAborting) await this.events.fence();
    const waiting = isAborting ? this.#queue.splice(0) : [];
    const content = await this.#replyContent(outcome, execution, request.content);
    this.transport.postTogether([...shown, this.#reply(request, content), this.#status('idle', request, execution)]);
    for (const other of waiting) this.#abort(other);
  }

  #tell(request: Request, execution: Execution, failure: Failure): void {
    const content = { status: 'error', execution_count: execution.cell.executionCount, ...failure };
    this.transport.postTogether([
      iopub('error', failure, execution),
      this.#reply(request, content),
      this.#status('idle', request, execution),
    ]);
  }

  #prepare({ header, idents, content, metadata }: Request): Execution {
    const source = String(content['code'] ?? '');
    const silent = content['silent'] === true;
    if (!silent && content['store_history'] !== false) this.history.add(++this.#count, source);
    return new Execution({
      number: ++this.#number,
      parent: header,
      idents,
      cell: { id: cellId(metadata), executionCount: this.#count },
      source,
      silent,
      allowStdin: content['allow_stdin'] === true,
      interrupts: this.state.interrupts,
    });
  }

  /** Runs it, and makes the message that shows what came of it. */
  async #execute(execution: Execution): Promise<{ outcome: Outcome; shown: ToFront[] }> {
    this.events.onEnter(execution);
    const outcome = await this.runner.run(execution);
    this.events.onLeave(execution);
    if (execution.silent) return { outcome, shown: [] };
    if (outcome.status === 'error') return { outcome, shown: [iopub('error', outcome.failure, execution)] };
    try {
      const data = outcome.value === undefined ? null : await mimeBundle(outcome.value);
      if (data === null) return { outcome, shown: [] };
      const content = { execution_count: execution.cell.executionCount, data, metadata: {} };
      return { outcome, shown: [iopub('execute_result', content, execution)] };
    } catch (error) {
      // The value's own display code threw.
      const failure = failureOf(error);
      return { outcome: { status: 'error', failure }, shown: [iopub('error', failure, execution)] };
    }
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
    for (const [name, expression] of Object.entries(content['user_expressions'] ?? {})) {
      const source = `(${String(expression)})`;
      const outcome = await this.runner.run(
        new Execution({ ...execution, number: ++this.#number, source, silent: true }),
      );
      results[name] =
        outcome.status === 'ok'
          ? await shownAs(outcome.value)
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

/** One of the `user_expressions` of a reply, which its display code must not cost. */
async function shownAs(value: unknown): Promise<Content> {
  try {
    const result = { status: 'ok', data: (await mimeBundle(value)) ?? {}, metadata: {} };
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
