import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exportDocument } from 'stemma-document';
import { readDocument } from '../documents/read-document';
import { makeFolder } from '../util/make-folder';
import { print } from './terminal';
import { UsageError } from './usage-error';

export interface ExportCommandOptions {
  format: string;
  out?: string;
  force?: boolean;
}

/** `stemma export`: a document in another format, to the terminal, or as files in a folder. */
export async function exportCommand(file: string, { format, out, force }: ExportCommandOptions): Promise<number> {
  const name = basename(file).replace(/(\.provenance)?\.json$/, '');
  const files = exportDocument(readDocument(file), format, { name });
  if (out === undefined) {
    if (files.length > 1) throw new UsageError(`${format} has ${files.length} files: say with --out in which folder`);
    for (const { content } of files) print(content.replace(/\n$/, ''));
    return 0;
  }
  for (const { path, content } of files) {
    const target = join(out, path);
    await makeFolder(dirname(target));
    await writeFile(target, content, { flag: force === true ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
      const advice = error.code === 'EEXIST' ? `${target} exists; --force replaces it` : error.message;
      throw new UsageError(`cannot write the export: ${advice}`);
    });
    print(`written to ${target}`);
  }
  return 0;
}
