import type { CommandRun, WrittenFile } from 'stemma-document';
import { shownArguments } from '../recorder/environment/command-line';
import { Metrics } from '../recorder/metrics';
import type { Session } from '../recorder/session';
import type { BlockRun } from '../sinks/block-run';
import { hashNamed } from '../sinks/files/hash-written';
import { checkPath, inWords } from '../util/check';
import { checkCommand, type CommandOptions, type CommandResult, runCommand } from './command';

/** What the function of a step can say of its work. */
export interface Step {
  /**
   * Adds a point to each series, which the panel draws while the step goes on. `at`: the place on the axis, such as the
   * epoch; by default the number of points before. At most 512 points are kept of each, evenly spread.
   *
   * @throws TypeError if a value is not a number.
   */
  metrics(values: { readonly [name: string]: number }, at?: number): void;
  /**
   * Records a file, or a folder of files, that the step wrote or read: its size and its hashes. The step ends once they
   * are known.
   *
   * @throws if there is no such file, or it cannot be read.
   */
  file(path: string): Promise<WrittenFile>;
  /**
   * Runs a program, without a shell, and passes on what it prints. It is ended when the step is interrupted.
   *
   * @throws if it cannot be started, or ends with another exit code than 0.
   */
  command(program: string, args?: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Aborted when the step is interrupted. */
  readonly signal: AbortSignal;
}

/** Of more commands in one step, these are the latest. */
const MAX_COMMANDS = 16;
/** What an error quotes of a command's output. */
const MAX_LINES = 8;

/** One call of a step's function, and what it says of its work. */
export class StepWork implements Step {
  /** Files that are being hashed. */
  readonly #files: Promise<WrittenFile>[] = [];
  readonly signal: AbortSignal;

  /** `run`: null where nothing is recorded. */
  constructor(
    private readonly label: string,
    private readonly run: BlockRun | null,
    private readonly session: Session,
  ) {
    this.signal = run?.signal ?? new AbortController().signal;
  }

  async call<T>(work: (step: Step) => T | Promise<T>): Promise<T> {
    const { signal } = this;
    const step: Step = {
      signal,
      metrics: (values, at) => this.metrics(values, at),
      file: (path) => this.file(path),
      command: (program, args, options) => this.command(program, args, options),
    };
    const value = await work(step);
    await Promise.all(this.#files);
    return value;
  }

  metrics(values: { readonly [name: string]: number }, at?: number): void {
    const of = `metrics of step "${this.label}"`;
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new TypeError(`invalid ${of}: expected a record of numbers, got ${inWords(values)}`);
    if (at !== undefined && !Number.isFinite(at))
      throw new TypeError(`invalid place of ${of}: expected a number, such as the epoch, got ${inWords(at)}`);
    for (const [name, value] of Object.entries(values))
      if (typeof value !== 'number')
        throw new TypeError(`invalid ${of}: expected numbers, got ${name}: ${inWords(value)}`);
    if (this.run === null) return;
    const { process, record } = this.run;
    process.metrics ??= new Metrics();
    for (const [name, value] of Object.entries(values)) process.metrics.add(record.id, name, value, at);
    this.session.touch(process);
  }

  file(path: string): Promise<WrittenFile> {
    checkPath(path, `path of step.file in step "${this.label}"`);
    const named = hashNamed(path, `record the file "${path}" of step "${this.label}"`).then((file) => {
      this.run?.named(file);
      return file;
    });
    this.#files.push(named);
    // An error that nobody waits for is thrown when the step ends.
    named.catch(() => undefined);
    return named;
  }

  async command(program: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<CommandResult> {
    checkCommand(program, args, options);
    const result = await runCommand(program, args, options, this.signal);
    this.#note(program, args, result);
    if (this.signal.aborted) throw this.signal.reason as Error;
    if (result.exitCode === 0) return result;
    const how = result.signal === null ? `with exit code ${result.exitCode}` : `by ${result.signal}`;
    const lines = result.output.trimEnd().split('\n').slice(-MAX_LINES).join('\n');
    throw new Error(`${program} in step "${this.label}" ended ${how}${lines === '' ? '' : `:\n${lines}`}`);
  }

  #note(program: string, args: readonly string[], { exitCode, signal, durationMs, output }: CommandResult): void {
    if (this.run === null) return;
    const { process } = this.run;
    const { redact, samples } = this.session.settings;
    const keeps = (process.definition.samples ?? samples) && redact === null;
    const command: CommandRun = {
      command: [program, ...shownArguments(args, redact)],
      exitCode,
      ...(signal === null ? {} : { signal }),
      durationMs,
      ...(keeps ? { output } : {}),
    };
    process.commands.push(command);
    if (process.commands.length > MAX_COMMANDS) process.commands.shift();
    this.session.touch(process);
  }
}
