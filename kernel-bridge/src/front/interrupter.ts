import { Session } from 'node:inspector';
import { Phase, type SharedState } from '../threads/shared-state';
import type { ToMain } from '../threads/messages';

/** What a cell gets to stop by itself, before its code is torn down. */
const PATIENCE_MS = 250;

/**
 * Stops what runs on the main thread, whatever it is.
 *
 * The synchronous part of a cell ends by SIGINT (node:vm's `breakOnSigint`); one that awaits ends by a message, or sees the interrupt count at
 * its next await; a loop after an await, or in a callback, ends by the inspector's `Runtime.terminateExecution`. The last must
 * never hit the synchronous part: the kernel's own frames are on that stack.
 */
export class Interrupter {
  #inspector: Session | null = null;
  #pings = 0;
  #answered = 0;

  constructor(
    private readonly state: SharedState,
    private readonly post: (message: ToMain) => void,
  ) {}

  /** The main thread answered a ping. */
  pong(id: number): void {
    this.#answered = id;
  }

  interrupt(): void {
    this.state.addInterrupt();
    const { execution } = this.state;
    this.post({ kind: 'interrupt', execution });
    const id = ++this.#pings;
    this.post({ kind: 'ping', for: 'interrupt', id });
    this.#signal();
    setTimeout(() => this.#insist(id, execution), PATIENCE_MS);
  }

  /** True where the synchronous part of a cell runs and got its signal. On Windows a signal to the own process would end it. */
  #signal(): boolean {
    if (this.state.phase !== Phase.synchronous || process.platform === 'win32') return false;
    process.kill(process.pid, 'SIGINT');
    return true;
  }

  #insist(id: number, execution: number): void {
    const isStuck = this.#answered < id && this.state.execution === execution;
    if (!isStuck) return;
    setTimeout(() => this.#insist(id, execution), PATIENCE_MS);
    // The signal came while the cell was compiled.
    if (this.#signal()) return;
    if (this.#inspector === null) {
      this.#inspector = new Session();
      this.#inspector.connectToMainThread();
    }
    this.#inspector.post('Runtime.terminateExecution');
  }
}
