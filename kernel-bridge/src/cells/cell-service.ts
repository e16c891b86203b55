import type { CellRef } from 'stemma';
import type { Transport } from '../main/transport';
import type { Request } from '../threads/messages';
import type { SharedState } from '../threads/shared-state';
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
      this.transport.post({ kind: 'status', state: 'busy', parent: request.header, cell: execution.cell });
      const outcome = await this.#execute(execution);
      const isAborting = outcome.status === 'error' && request.content['stop_on_error'] !== false;
      // The reply goes out last: what a client sends in answer to it is not to be aborted.
      if (isAborting) await this.events.fence();
      const waiting = isAborting ? this.#queue.splice(0) : [];
      this.#reply(request, await this.#replyContent(outcome, execution, request.content));
      this.transport.post({ kind: 'status', state: 'idle', parent: request.header, cell: execution.cell });
      for (const other of waiting) this.#abort(other);
    }
    this.#isPumping = false;
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

  async #execute(execution: Execution): Promise<Outcome> {
    const { source, silent, cell } = execution;
    if (!silent)
      this.transport.send('execute_input', { code: source, execution_count: cell.executionCount }, execution);
    this.events.onEnter(execution);
    const outcome = await this.runner.run(execution);
    this.events.onLeave(execution);
    if (silent) return outcome;
    if (outcome.status === 'error') this.transport.send('error', outcome.failure, execution);
    else if (outcome.value !== undefined) return this.#show(outcome, execution);
    return outcome;
  }

  async #show(outcome: Outcome & { status: 'ok' }, execution: Execution): Promise<Outcome> {
    try {
      const data = await mimeBundle(outcome.value);
      if (data === null) return outcome;
      const content = { execution_count: execution.cell.executionCount, data, metadata: {} };
      this.transport.send('execute_result', content, execution);
      return outcome;
    } catch (error) {
      // The value's own display code threw.
      const failure = failureOf(error);
      this.transport.send('error', failure, execution);
      return { status: 'error', failure };
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
          ? { status: 'ok', data: (await mimeBundle(outcome.value)) ?? {}, metadata: {} }
          : { status: 'error', ...(outcome.failure satisfies Failure) };
    }
    return results;
  }

  #abort(request: Request): void {
    this.transport.post({ kind: 'status', state: 'busy', parent: request.header });
    this.#reply(request, { status: 'aborted', execution_count: this.#count });
    this.transport.post({ kind: 'status', state: 'idle', parent: request.header });
  }

  #reply({ channel, header, idents }: Request, content: Content): void {
    this.transport.post({ kind: 'send', channel, type: 'execute_reply', content, parent: header, idents });
  }
}

/** JupyterLab and VS Code each have a name for it; others send none. */
function cellId(metadata: Content): CellRef['id'] {
  const id = metadata['cellId'] ?? metadata['cell_id'];
  return typeof id === 'string' ? id : null;
}
