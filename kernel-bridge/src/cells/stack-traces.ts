import { join } from 'node:path';
import { inspect } from 'node:util';
import { leaveOut, shownFrames } from 'stemma/host';
import type { SourceMaps } from '../compiler/source-maps';
import { plainNames } from './plain-names';

leaveOut(join(__dirname, '..', '..'));

/**
 * Makes `error.stack` name the user's calls alone, those of cells in the lines as they were written. Stacks are
 * formatted only when they are read.
 */
export function mapStackTraces(maps: SourceMaps): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames
      .filter((frame) => !maps.isWrapperCall(frame.getFileName() ?? '', frame.getLineNumber() ?? 0))
      .map((frame) => `    at ${translate(maps, frame)}`);
    return [plainNames(headOf(error)), ...shownFrames(lines)].join('\n');
  };
}

/** A fault of the kernel's own, for its log: with all calls. */
export function faultText(error: unknown): string {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (failed, frames) => [headOf(failed), ...frames].join('\n    at ');
    return inspect(error);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function translate(maps: SourceMaps, frame: NodeJS.CallSite): string {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  return maps.translate(plainNames(String(frame)), file ?? '', line ?? 0, column ?? 0);
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    // A getter of the error's own that throws.
    return 'Error';
  }
}
