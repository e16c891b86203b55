import * as path from 'node:path';
import type { WrittenFile } from 'stemma-document';
import { failureOf } from '../../engine/errors';
import { Run } from '../../engine/run';
import { artifactsOf, rememberResult } from '../../graph/declaration';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { UNKNOWN } from '../../graph/length';
import { labelOf } from '../../recorder/label';
import type { Session } from '../../recorder/session';
import { checkPath } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { hashWritten } from './hash-written';

/** What `provenance.output` says of a file that other code wrote. */
export type OutputOptions = Omit<OperationOptions, 'samples'>;

const OPTIONS: OptionTypes<OutputOptions> = { identifier: OPERATION_OPTIONS.identifier, uses: OPERATION_OPTIONS.uses };

/** Records a file, or a folder of files, that other code wrote. */
export async function nameOutput(
  session: Session,
  given: string,
  options?: Options<OutputOptions>,
): Promise<WrittenFile> {
  checkPath(given, 'path of output');
  const { identifier = path.basename(given), uses } = optionsOf(options, 'output', OPTIONS);
  const used = artifactsOf(uses, session);
  if (!session.recording) return written(given);
  const process = session.declare(
    {
      kind: 'output',
      role: 'sink',
      label: labelOf(identifier, 'output'),
      inputs: [],
      uses: used,
      options: { path: given },
    },
    { kind: 'file', length: UNKNOWN },
  );
  const run = new Run(session);
  const abandon = (reason: unknown): void => run.abort(reason);
  const record = session.beginRun(process, 0, run.describeOrigins, { abort: abandon, abandon });
  run.recordAs(record);
  const probe = run.probe(process)!;
  try {
    const file = await written(given);
    probe.wrote([file]);
    rememberResult(file, process.output, session);
    session.endRun(record, 'complete');
    return file;
  } catch (error) {
    probe.fail(error);
    session.endRun(record, 'failed', failureOf(error));
    throw error;
  } finally {
    run.dispose();
  }
}

async function written(given: string): Promise<WrittenFile> {
  try {
    return { path: given, ...(await hashWritten(given)) };
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message;
    throw new Error(`cannot name the output "${given}": ${reason} (looked for at "${path.resolve(given)}")`, {
      cause: error,
    });
  }
}
