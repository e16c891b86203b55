import * as path from 'node:path';
import type { Position } from 'stemma-document';
import type { Host } from '../../host';
import { originalPlace } from '../../util/source-places';
import { ownCalls } from './call-site';
import { projectPath } from './project';

/** Where the user's code calls the library now: the innermost place that is known; null where none is. */
export function currentPosition(host: Host | undefined): Position | null {
  try {
    for (const call of ownCalls()) {
      const position = host?.original?.(call) ?? (path.isAbsolute(call.file) ? originalPlace(call) : undefined);
      if (position !== undefined) return withProjectPath(position);
    }
  } catch {
    // A host or a source map that is broken costs nobody the operation.
  }
  return null;
}

function withProjectPath({ file, ...place }: Position): Position {
  return file === undefined ? place : { file: pathOf(file), ...place };
}

/** A pipeline declares many operations in few files. */
const paths = new Map<string, string>();

function pathOf(file: string): string {
  const known = paths.get(file) ?? projectPath(file);
  paths.set(file, known);
  return known;
}
