import { fileURLToPath } from 'node:url';
import { originalPlace } from '../util/source-places';

/**
 * Makes `error.stack` name the lines and columns of the TypeScript that was written. Stacks are formatted only when
 * they are read.
 */
export function mapStackTraces(): void {
  Error.prepareStackTrace = (error, frames) =>
    [headOf(error), ...frames.map((frame) => `    at ${withOriginalPlace(frame)}`)].join('\n');
}

function withOriginalPlace(frame: NodeJS.CallSite): string {
  const text = String(frame);
  const [name, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (typeof name !== 'string' || line === null || column === null) return text;
  const place = originalPlace({ file: name.startsWith('file:') ? fileURLToPath(name) : name, line, column });
  return text.replace(`${name}:${line}:${column}`, () => `${place.file}:${place.line}:${place.column}`);
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    // A getter of the error's own that throws.
    return 'Error';
  }
}
