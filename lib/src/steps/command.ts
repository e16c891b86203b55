import { spawn } from 'node:child_process';
// Not the global ones, which belong to the cell that is being interrupted.
import { clearTimeout, setTimeout } from 'node:timers';
import { inWords } from 'stemma-document';
import { checkOptions, type OptionTypes } from '../util/options';

/** How a command runs. */
export interface CommandOptions {
  /** The folder that it runs in. Default: that of this process. */
  cwd?: string;
  /** Variables of its environment, beside those of this process. They are not recorded. */
  env?: { readonly [name: string]: string };
}

const OPTIONS: OptionTypes<CommandOptions> = { cwd: 'text', env: 'any' };

/** How a command ended. */
export interface CommandResult {
  /** Null where a signal ended it. */
  exitCode: number | null;
  /** The signal that ended it, such as `SIGTERM`; else null. */
  signal: string | null;
  durationMs: number;
  /** The end of what it printed to both of its outputs, at most 4,000 characters. */
  output: string;
}

const MAX_OUTPUT = 4_000;
/** Time to end by itself, once it was asked to. */
const GRACE_MS = 3_000;

/** @throws TypeError where it is none. */
export function checkCommand(program: unknown, args: unknown, options: unknown): void {
  if (typeof program !== 'string' || program === '')
    throw new TypeError(`invalid program of step.command: expected its name or path, got ${inWords(program)}`);
  if (!Array.isArray(args) || args.some((arg) => typeof arg !== 'string'))
    throw new TypeError(
      `invalid arguments of step.command: expected a list of texts, got ${inWords(args)}; write step.command('python', ['train.py'])`,
    );
  checkOptions(options, 'step.command', OPTIONS);
}

/**
 * Runs a program, without a shell; what it prints is passed on. It is ended when `signal` is aborted: the program gets
 * SIGTERM, and SIGKILL where it goes on. Resolves once it has ended, however it did.
 *
 * @throws if it cannot be started.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env }: CommandOptions,
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const began = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let killing: NodeJS.Timeout | undefined;
    const passOn = (stream: NodeJS.WriteStream) => (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT);
      stream.write(text);
    };
    const stop = (): void => {
      child.kill('SIGTERM');
      killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    const settled = (): void => {
      clearTimeout(killing);
      signal.removeEventListener('abort', stop);
    };
    child.stdout.setEncoding('utf8').on('data', passOn(process.stdout));
    child.stderr.setEncoding('utf8').on('data', passOn(process.stderr));
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error: NodeJS.ErrnoException) => {
      settled();
      const reason =
        error.code === 'ENOENT'
          ? `there is no such program${cwd === undefined ? '' : ', or no such folder as cwd'}`
          : error.message;
      reject(new Error(`cannot run "${program}": ${reason}`, { cause: error }));
    });
    child.once('close', (exitCode, ended) => {
      settled();
      resolve({ exitCode, signal: ended, durationMs: performance.now() - began, output });
    });
  });
}
