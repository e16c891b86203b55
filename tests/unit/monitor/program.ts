import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inRoot } from '../../../scripts/support/paths.mjs';

/** A program of the folder `programs`, in a process of its own. */
export class Program {
  /** Settles with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, ...args: string[]) {
    const script = inRoot('tests', 'unit', 'monitor', 'programs', name);
    this.#child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the program ended without another line');
    return value;
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.#child.stdin!.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
