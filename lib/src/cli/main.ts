import { CommanderError } from 'commander';
import { explain } from './explain';
import { stemmaProgram } from './program';
import { mapStackTraces } from './stack-traces';
import { warn } from './terminal';

/** Why nothing more reaches stdout. */
let failure: NodeJS.ErrnoException | null = null;
process.stdout.on('error', (error) => (failure ??= error));

/** What a pipeline leaves open must not keep the command from ending. */
function finish(code: number): void {
  process.stdout.write('', () => setImmediate(() => process.exit(endCode(code))));
}

/** Who closes a pipe has read enough; on a full disk what was asked for is lost. */
function endCode(code: number): number {
  if (failure === null || failure.code === 'EPIPE') return code;
  warn(`stemma: cannot write the output: ${failure.message}`);
  return code === 0 ? 1 : code;
}

mapStackTraces();
stemmaProgram(finish)
  .parseAsync()
  .catch((error: unknown) => {
    // It has printed the help, the version, or what is wrong with the arguments.
    if (error instanceof CommanderError) return finish(error.exitCode);
    warn(explain(error));
    finish(1);
  });
