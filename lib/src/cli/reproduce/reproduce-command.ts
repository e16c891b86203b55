import { realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { compareRecords, ExportError, type Reproduction } from 'stemma-document';
import { messageOf } from '../../engine/errors';
import { readDocument } from '../../documents/read-document';
import { print, warn } from '../terminal';
import { CannotReproduce } from './cannot-reproduce';
import { describeReproduction } from './describe-reproduction';
import { runAgain } from './run-again';

export interface ReproduceOptions {
  data?: [recorded: string, now: string][];
  project?: string;
  current?: boolean;
  tolerance?: number;
  out?: string;
}

const EXIT_CODES: { [verdict in Reproduction['verdict']]: number } = { same: 0, different: 1, close: 2, unknown: 3 };

/** `stemma reproduce`: returns the exit code. */
export async function reproduceCommand(file: string, options: ReproduceOptions): Promise<number> {
  try {
    const original = readDocument(file);
    const moved = (options.data ?? []).map(([recorded, now]) => [recorded, path.resolve(now)] as const);
    const { document, notes } = await runAgain(original, {
      project: options.project,
      moved,
      current: options.current === true,
    });
    const reproduction = compareRecords(original, document, { tolerance: options.tolerance ?? 0 });
    print([...notes, ...describeReproduction(reproduction)].join('\n'));
    await save(reproduction, file, options.out);
    return EXIT_CODES[reproduction.verdict];
  } catch (error) {
    if (!(error instanceof CannotReproduce || error instanceof ExportError)) warn(`stemma: ${messageOf(error)}`);
    else warn(`stemma: cannot reproduce "${file}": ${error.message}`);
    return 3;
  }
}

/** Without an `out`, in the working folder, unless that is the folder of the original. */
async function save(reproduction: Reproduction, file: string, out: string | undefined): Promise<void> {
  const isBeside = realpathSync(path.dirname(file)) === realpathSync('.');
  if (out === undefined && isBeside)
    return print('not written: --out says where to put it, such as --out reproduction.json');
  const target = out ?? 'reproduction.json';
  await writeFile(target, `${JSON.stringify(reproduction, null, 2)}\n`);
  print(`written to ${target}`);
}
