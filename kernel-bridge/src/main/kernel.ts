import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Assistance } from '../cells/assistance';
import { CellService } from '../cells/cell-service';
import type { Context } from '../cells/context';
import { failureOf } from '../cells/failure';
import { History } from '../cells/history';
import { captureOutput } from '../cells/output';
import type { Runner } from '../cells/runner';
import { faultText } from '../cells/stack-traces';
import type { FrontData } from '../front/main';
import type { RecorderHost } from '../recorder/recorder-host';
import { log } from '../threads/log';
import type { IncomingComm, Request, ToFront, ToMain } from '../threads/messages';
import { Phase, SharedState } from '../threads/shared-state';
import { readConnection } from '../wire/connection';
import { toJson } from '../wire/json';
import { explainExit, reportStrayErrors } from './guard-process';
import { Program } from './program';
import type { RunningKernel } from './running-kernel';
import type { Transport } from '../threads/transport';

/** How long the last output gets to be sent. */
const FLUSH_MS = 2_000;

/** Signals that ask a process to end, and their numbers. */
const ENDING = [
  ['SIGHUP', 1],
  ['SIGTERM', 15],
] as const;

/**
 * The main thread: runs cells. The front thread is started first, so that it binds the sockets while the compiler is
 * loaded; what it hands over meanwhile waits.
 */
export class Kernel {
  readonly #state = new SharedState();
  readonly #worker: Worker;
  readonly #program: Program;
  readonly #transport: Transport;
  readonly #context: Context;
  readonly #recorder: RecorderHost;
  readonly #running: RunningKernel;
  readonly #runner: Runner;
  readonly #assistance: Assistance;
  readonly #cells: CellService;
  readonly #fences = new Map<number, () => void>();
  #fence = 0;

  constructor(connectionFile: string) {
    const workerData: FrontData = { connection: readConnection(connectionFile), memory: this.#state.memory };
    this.#worker = new Worker(join(__dirname, '../front/main.js'), { workerData });
    this.#worker.on('error', (error) => log(`the thread of the sockets ended: ${error.stack ?? error.message}`));
    // Jupyter starts a kernel again that ended, not one that is deaf.
    this.#worker.on('exit', process.exit.bind(process, 1));
    const post = (message: ToFront): void => this.#worker.postMessage(message);

    const history = new History();
    this.#program = new Program(post, this.#state);
    ({
      transport: this.#transport,
      context: this.#context,
      running: this.#running,
      runner: this.#runner,
      recorder: this.#recorder,
    } = this.#program);
    this.#assistance = new Assistance(this.#runner.notebook.compiler, history);
    this.#cells = new CellService(this.#runner, this.#transport, this.#state, history, {
      onEnter: (execution) => this.#recorder.enterCell(execution, this.#runner.notebook.relations),
      onLeave: (execution) => {
        this.#hearSigint();
        if (execution.stopped !== null) this.#recorder.interrupt();
      },
      onSettle: (execution) => {
        // What a silent one shows is lost.
        if (!execution.silent) this.#recorder.settle();
        this.#recorder.flush();
      },
      fence: () => this.#raiseFence(),
    });
  }

  /** Makes the process one in which user code runs, and begins to serve. */
  start(): void {
    captureOutput(this.#context, this.#transport);
    this.#program.install();
    reportStrayErrors(this.#context);
    const exit = process.exit.bind(process);
    explainExit(this.#context, this.#transport, (code) => this.#end(exit, code));
    this.#hearSigint();
    for (const [signal, number] of ENDING) process.on(signal, () => this.#end(exit, 128 + number));
    this.#worker.on('message', (message: ToMain) => {
      // The handlers of comms are the user's.
      if (message.kind === 'comm') void this.#running.comm.receive(message);
      else this.#state.whole(() => this.#obey(message, exit));
    });
    this.#state.enter(Phase.callbacks);
  }

  #obey(message: Exclude<ToMain, IncomingComm>, exit: typeof process.exit): void {
    switch (message.kind) {
      case 'request':
        return message.header.msg_type === 'execute_request' ? this.#cells.add(message) : this.#assist(message);
      case 'input':
        return this.#running.receiveInput(message.value);
      case 'fence':
        this.#fences.get(message.id)?.();
        return void this.#fences.delete(message.id);
      case 'ping':
        return this.#transport.post({ ...message, kind: 'pong' });
      case 'interrupt': {
        // One for a cell that has ended meanwhile is none of the next one; with no cell it ends what runs in the
        // background, as SIGINT does.
        const running = this.#context.running?.number;
        if (running === undefined || running === message.execution) this.#interrupt();
        return;
      }
      case 'listeners':
        return this.#recorder.listen(message.count, message.watched);
      case 'query':
        return this.#recorder.serve(message);
      case 'exit':
        return this.#end(exit, 0);
    }
  }

  /**
   * Again after each cell: `breakOnSigint` takes all listeners away while a cell's synchronous part runs, and a
   * tear-down keeps them from coming back.
   */
  #hearSigint(): void {
    if (!process.listeners('SIGINT').includes(this.#onSigint)) process.on('SIGINT', this.#onSigint);
  }

  readonly #onSigint = (): void => this.#interrupt();

  #interrupt(): void {
    this.#runner.interrupt();
    this.#recorder.interrupt();
  }

  #assist({ channel, header, idents, content: request }: Request): void {
    this.#transport.post({ kind: 'status', state: 'busy', parent: header });
    let type = header.msg_type.replace('_request', '_reply');
    let content: Record<string, unknown>;
    try {
      [type, content] = this.#assistance.reply(header.msg_type, request);
    } catch (error) {
      content = { status: 'error', ...failureOf(error) };
    }
    this.#transport.post({ kind: 'send', channel, type, content: toJson(content), parent: header, idents });
    this.#transport.post({ kind: 'status', state: 'idle', parent: header });
  }

  #raiseFence(): Promise<void> {
    const id = ++this.#fence;
    this.#transport.post({ kind: 'fence', id });
    return new Promise((resolve) => this.#fences.set(id, resolve));
  }

  /** Has the last things said and sent, then ends the process. */
  #end(exit: typeof process.exit, code: number): never {
    return this.#state.whole(() => {
      try {
        this.#recorder.end();
      } catch (error) {
        log(`the recorder failed: ${faultText(error)}`);
      }
      this.#transport.post({ kind: 'flush' });
      this.#state.waitForFlushed(FLUSH_MS);
      try {
        return exit(code);
      } catch (error) {
        log(`a handler of the process's exit failed: ${faultText(error)}`);
        // Once more: the handlers have had their turn.
        return exit(code);
      }
    });
  }
}
