import { inspect } from 'node:util';
import type { Context } from '../cells/context';
import { failureOf } from '../cells/failure';
import { Interrupted } from '../cells/interrupted';
import type { Transport } from '../threads/transport';

/** Errors that nobody caught are shown in the cell that they come from, and the kernel goes on. */
export function reportStrayErrors(context: Context): void {
  const report = (what: string, error: unknown): void => {
    // What an interrupt stopped was reported with the interrupt.
    if (error instanceof Interrupted) return;
    const traceback = failureOf(error).traceback.join('\n');
    // Which cell a promise is of is only known by where its error was made: another one may run by now.
    const cell = /\bcell-(\d+)\.ts:/.exec(traceback)?.[1] ?? context.current?.cell.executionCount;
    process.stderr.write(`${what}${cell === undefined ? '' : ` of cell [${cell}]`}: ${traceback}\n`);
  };
  process.on('uncaughtException', (error) => report('uncaught error in a callback', error));
  // Node's warning that a reported error is handled after all means nothing to the user.
  process.on('rejectionHandled', () => undefined);
  process.on('unhandledRejection', (reason) => report('a promise was rejected and nobody handled it, in code', reason));
}

/** `process.exit` in a cell: says what it means, sends what was printed, and ends. */
export function explainExit(context: Context, transport: Transport, end: (code: number) => never): void {
  process.exit = (code) => {
    const status = Number(code ?? process.exitCode ?? 0) || 0;
    const call = `process.exit(${code === undefined ? '' : inspect(code)})`;
    const evalue = `${call} ends the kernel: Jupyter starts it again, and all variables are gone`;
    transport.send('error', { ename: 'KernelExit', evalue, traceback: [evalue] }, context.current);
    return end(status);
  };
}
