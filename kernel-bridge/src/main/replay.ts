import { readFileSync } from 'node:fs';
import type { CellRef } from 'stemma';
import { Execution } from '../cells/execution';
import type { ToFront } from '../threads/messages';
import { Phase, SharedState } from '../threads/shared-state';
import { reportStrayErrors } from './guard-process';
import { Program } from './program';

/** A record's cells, to be run once more. */
export interface ReplayedCells {
  /** `mayFail`: what follows runs all the same, as it did before. */
  cells: (CellRef & { source: string; mayFail?: boolean })[];
  /** Digests of every stream, as the record has them. */
  digests?: 'all';
  /** Where to write the new record. */
  out: string;
}

/**
 * Runs cells in this process as a fresh kernel does, without a front end, and saves what is recorded. Returns the
 * traceback of the cell that failed, else null. What the cells print goes to stdout.
 */
export async function replay(file: string): Promise<string | null> {
  const { cells, digests, out } = JSON.parse(readFileSync(file, 'utf8')) as ReplayedCells;
  const state = new SharedState();
  const program = new Program((message) => consume(message, state), state);
  program.install();
  reportStrayErrors(program.context);
  state.enter(Phase.callbacks);
  const { runner, recorder } = program;
  let number = 0;
  const run = async (source: string, cell: CellRef | null): Promise<string | null> => {
    const execution = new Execution({
      number: ++number,
      parent: { msg_id: `${number}`, msg_type: 'execute_request', session: '' },
      idents: [],
      cell: cell ?? { id: null, executionCount: 0 },
      source,
      silent: cell === null,
      counts: cell !== null,
      allowStdin: false,
      interrupts: 0,
    });
    const enter = (): void => recorder.enterCell(execution, runner.notebook.relations);
    const outcome = await runner.run(execution, cell !== null, cell === null ? undefined : enter);
    return outcome.status === 'ok' ? null : outcome.failure.traceback.join('\n');
  };
  if (digests === 'all') await run("(await import('stemma')).provenance.settings.digests = 'all';", null);
  let failure: string | null = null;
  for (const { source, mayFail = false, ...cell } of cells) {
    const failed = await run(source, cell);
    if (failed === null || mayFail) continue;
    failure = `cell [${cell.executionCount}] failed:\n${failed}`;
    break;
  }
  const unsaved = await run(`await (await import('stemma')).provenance.save(${JSON.stringify(out)});`, null);
  return failure ?? unsaved;
}

/** Nobody reads it: nothing that runs has to wait. */
function consume(message: ToFront, state: SharedState): void {
  if (message.kind === 'together') for (const one of message.messages) consume(one, state);
  if (message.kind === 'send') state.addConsumed(message.units ?? 0);
}
