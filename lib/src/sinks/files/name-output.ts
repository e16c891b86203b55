import * as path from 'node:path';
import type { WrittenFile } from 'stemma-document';
import { artifactsOf } from '../../graph/declaration';
import { OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../../graph/operation-options';
import { UNKNOWN } from '../../graph/length';
import { labelOf } from '../../recorder/label';
import type { ProcessDefinition } from '../../recorder/process-definition';
import type { Session } from '../../recorder/session';
import { checkPath } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { BlockRun } from '../block-run';
import { hashNamed } from './hash-written';

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
  const what = `name the output "${given}"`;
  if (!session.recording) return hashNamed(given, what);
  const definition: ProcessDefinition = {
    kind: 'output',
    role: 'sink',
    label: labelOf(identifier, 'output'),
    inputs: [],
    uses: used,
    options: { path: given },
  };
  const run = new BlockRun(session, definition, { kind: 'file', length: UNKNOWN });
  try {
    const file = await hashNamed(given, what);
    run.wrote(file);
    return file;
  } catch (error) {
    run.fail(error);
    throw error;
  }
}
