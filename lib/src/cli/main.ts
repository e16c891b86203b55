import { explain } from './explain';
import { stemmaProgram } from './program';
import { warn } from './terminal';

/** What a pipeline leaves open must not keep the command from ending. */
function finish(code: number): void {
  process.stdout.write('', () => process.exit(code));
}

stemmaProgram(finish)
  .parseAsync()
  .catch((error: unknown) => {
    warn(explain(error));
    finish(1);
  });
