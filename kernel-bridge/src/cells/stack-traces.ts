import type { SourceMaps } from '../compiler/source-maps';

/** Makes `error.stack` name the lines of the cells as the user wrote them. Stacks are formatted only when they are read. */
export function mapStackTraces(maps: SourceMaps): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames
      .filter((frame) => !maps.isWrapperCall(frame.getFileName() ?? '', frame.getLineNumber() ?? 0))
      .map((frame) => `\n    at ${maps.translate(String(frame))}`);
    return headOf(error) + lines.join('');
  };
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    // A getter of the error's own that throws.
    return 'Error';
  }
}
