import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from './program';

/** The watched process, from outside. */
export class Watched {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor() {
    const program = join(import.meta.dirname, 'program.ts');
    this.#child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface(this.#child.stdout!)[Symbol.asyncIterator]();
  }

  static async start(): Promise<Watched> {
    const watched = new Watched();
    await watched.#answer();
    return watched;
  }

  async tell<T>(command: Command): Promise<T> {
    this.#child.stdin!.write(`${JSON.stringify(command)}\n`);
    return (await this.#answer()) as T;
  }

  close(): void {
    this.#child.stdin!.end();
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the watched process ended');
    return JSON.parse(value);
  }
}
