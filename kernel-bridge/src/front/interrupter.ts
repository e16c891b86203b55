import { Session } from 'node:inspector';
import { Phase, type SharedState } from '../threads/shared-state';
import type { ToMain } from '../threads/messages';

/** What a cell gets to stop by itself, before its code is torn down. */
const PATIENCE_MS = 250;

/**
 * Stops what runs on the main thread, whatever it is.
 *
 * A cell that awaits ends by a message, or sees the interrupt count at its next await. What does not listen is torn
 * down by the inspector's `Runtime.terminateExecution`: the synchronous part of a cell at once, a loop in a callback
 * after a while. That must never hit the kernel's own code, or the compiler, which would be left half done: hence the
 * claim, beyond which the main thread does not go on.
 */
export class Interrupter {
  #inspector: Session | null = null;
  #pings = 0;
  #replied = 0;
  /** What the main thread was in when it was claimed. */
  #claimed: number = Phase.callbacks;

  constructor(
    private readonly state: SharedState,
    private readonly post: (message: ToMain) => void,
  ) {}

  /** The main thread replied to a ping. */
  pong(id: number): void {
    this.#replied = id;
  }

  interrupt(): void {
    this.state.addInterrupt();
    const { execution } = this.state;
    this.#claimed = Phase.callbacks;
    this.#ask(execution);
    this.#tearDown(Phase.synchronous);
  }

  /** A tear-down in a callback takes the callback's message with it: what has not ended is asked again. */
  #ask(execution: number): void {
    this.post({ kind: 'interrupt', execution });
    const id = ++this.#pings;
    this.post({ kind: 'ping', for: 'interrupt', id });
    setTimeout(() => this.#insist(id, execution), PATIENCE_MS);
  }

  #insist(id: number, execution: number): void {
    const isBlocked = this.#replied < id;
    // A cell ends soon after it was asked. One that did not lost the request to a tear-down that came when it was no
    // longer needed.
    const isOver = this.state.execution !== execution || (execution === 0 && !isBlocked);
    if (isOver) return;
    this.#ask(execution);
    if (!isBlocked) return;
    if (this.#claimed === Phase.synchronous && process.platform !== 'win32') {
      // The inspector is not heard in a loop of calls into native code; node:vm's `breakOnSigint` is. On Windows a
      // signal would end the process.
      process.kill(process.pid, 'SIGINT');
      // Once: should the synchronous part have ended after all, it is a callback that is stuck.
      this.#claimed = Phase.callbacks;
    } else if (!this.#tearDown(Phase.synchronous)) this.#tearDown(Phase.callbacks);
  }

  #disconnect(): void {
    this.#inspector?.disconnect();
    this.#inspector = null;
  }

  #tearDown(phase: number): boolean {
    if (this.state.claim(phase)) this.#claimed = phase;
    else if (this.state.phase !== Phase.torn) return false;
    if (this.#inspector === null) {
      this.#inspector = new Session();
      this.#inspector.connectToMainThread();
    }
    // It may be lost on a call into native code, and is refused while one is under way: asked for until it has
    // happened.
    this.#inspector.post('Runtime.terminateExecution', (error) => {
      if (error !== null) return;
      this.state.release();
      // At its end Node would say that it waits for a debugger.
      setImmediate(() => this.#disconnect());
    });
    return true;
  }
}
