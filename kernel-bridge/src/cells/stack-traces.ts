import { plainNames } from './plain-names';
import type { SourceMaps } from '../compiler/source-maps';

/** Makes `error.stack` name the lines of the cells as the user wrote them. Stacks are formatted only when they are read. */
export function mapStackTraces(maps: SourceMaps): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames
      .filter((frame) => !maps.isWrapperCall(frame.getFileName() ?? '', frame.getLineNumber() ?? 0))
      .map((frame) => `\n    at ${translate(maps, frame)}`);
    return plainNames(headOf(error)) + lines.join('');
  };
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
