import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { pythonPeers } from '../python/environment';
import { childrenFolder } from './paths';
import type { Race, Variant } from './race';

/** One measured run. */
export interface Timing {
  ms: number;
  /** Of all threads of the process. */
  cpuMs: number;
  answer: unknown;
}

/**
 * A variant at work in its own process. It starts with `start`, runs once for each `run`, and ends with `stop`. Between
 * runs it is suspended: what its threads still do would be at the others' expense.
 */
export class Contestant {
  readonly timings: Timing[] = [];
  #child: ChildProcess | null = null;
  #lines: AsyncIterator<string> | null = null;
  #reader: Interface | null = null;

  constructor(
    private readonly race: Race,
    readonly variant: Variant,
  ) {}

  /** @throws if the variant cannot run here; the message says why. */
  async start(): Promise<void> {
    const [program, ...args] = await this.#command();
    const child = (this.#child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'ignore'] }));
    child.on('error', () => undefined);
    this.#reader = createInterface(child.stdout!);
    this.#lines = this.#reader[Symbol.asyncIterator]();
    await this.#answer();
    child.kill('SIGSTOP');
  }

  async #command(): Promise<string[]> {
    const { python, nodeOptions = [], name } = this.variant;
    if (python !== undefined) return [await pythonPeers(), ...python];
    return [process.execPath, ...nodeOptions, join(childrenFolder, 'child.mjs'), this.race.name, name];
  }

  async run(): Promise<Timing> {
    const child = this.#child!;
    child.kill('SIGCONT');
    child.stdin!.write('run\n');
    const timing = (await this.#answer()) as unknown as Timing;
    child.kill('SIGSTOP');
    return timing;
  }

  /** The next line that is a message: libraries print lines of their own. */
  async #answer(): Promise<{ [name: string]: unknown }> {
    for (;;) {
      const { done, value } = await this.#lines!.next();
      if (done) throw new Error('its process ended without an answer');
      if (!value.startsWith('{')) continue;
      const message = JSON.parse(value) as { [name: string]: unknown };
      if (typeof message.error === 'string') throw new Error(message.error);
      return message;
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.pid === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.stdin!.end();
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    this.#reader?.close();
  }
}
