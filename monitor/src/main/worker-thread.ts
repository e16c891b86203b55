import { Worker } from 'node:worker_threads';
import type { HostedSession } from 'stemma/host';
import type { ToMain, ToWorker } from '../threads/messages';
import { RecorderSource } from './recorder-source';

/** Longer than requests under way, or a last report, are waited for. */
const CLOSE_MS = 5_000;

export interface WorkerThreadOptions {
  /** Path of the compiled module that the worker runs. */
  script: string;
  workerData: unknown;
  session: HostedSession;
  /** Whether the process stays alive for the worker alone. */
  keepAlive: boolean;
}

/**
 * A worker thread that gets what the recorder knows. Whatever happens to it does not touch the pipeline.
 *
 * Life cycle: `open` settles once the worker is ready or has said why not; `close` ends it, more than once does no
 * harm.
 */
export class WorkerThread {
  /** Settles when the worker has ended, for whatever reason. */
  readonly closed: Promise<void>;
  readonly #worker: Worker;
  readonly #source: RecorderSource;
  readonly #ready: Promise<string>;
  #isReady = false;
  #isClosing = false;

  private constructor({ script, workerData, session }: WorkerThreadOptions) {
    // Neither the loaders nor the environment variables of the program are its business.
    this.#worker = new Worker(script, { workerData, execArgv: [], env: {}, name: 'stemma-monitor' });
    this.#source = new RecorderSource(session, (message) => this.#post(message));
    this.closed = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: ToMain) => {
        if (message.kind === 'ready') {
          this.#isReady = true;
          resolve(message.url);
        } else if (message.kind === 'failed') reject(new Error(message.message));
        else this.#obey(message);
      });
      this.#worker.on('error', (error) => {
        reject(error);
        this.#source.close();
        if (this.#isReady) process.emitWarning(`the monitor has failed and is gone: ${error.message}`);
      });
      this.#worker.once('exit', () => {
        reject(new Error('the monitor ended before it was ready'));
        this.#source.close();
      });
    });
    this.#ready.catch(() => undefined);
    this.#source.start();
  }

  /** @throws Error with the reason for which it cannot serve. */
  static async open(options: WorkerThreadOptions): Promise<{ thread: WorkerThread; url: string }> {
    const thread = new WorkerThread(options);
    try {
      const url = await thread.#ready;
      if (!options.keepAlive) thread.#worker.unref();
      return { thread, url };
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
  }

  /**
   * Lets requests under way end, frees the port, ends the worker; after 5 s, whether it has come to that or not.
   * `isLast`: whether a monitor that is reported to hears that this was the end.
   */
  async close({ isLast = true } = {}): Promise<void> {
    if (this.#isClosing) return this.closed;
    this.#isClosing = true;
    this.#source.finish();
    this.#worker.ref();
    this.#post({ kind: 'stop', isLast });
    // One that is stuck is ended all the same.
    const patience = setTimeout(() => void this.#worker.terminate(), CLOSE_MS);
    await this.closed;
    clearTimeout(patience);
  }

  #obey(message: ToMain): void {
    if (message.kind === 'take') this.#source.take();
    else if (message.kind === 'followed') this.#source.follow(message.isFollowed);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
