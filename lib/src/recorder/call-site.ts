import * as path from 'node:path';

/** The folder of the library's own code. */
const LIBRARY = path.join(__dirname, '..') + path.sep;
const MOST_FRAMES = 30;

/** Where the user's code called the library: file, line and column of the innermost call that is none of the library's own; empty where that cannot be told. */
export function callSite(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: NodeJS.CallSite[] } = {};
  try {
    // Frames as they are: a loader's own way to prepare them would read source maps.
    Error.prepareStackTrace = (_, frames) => frames;
    Error.stackTraceLimit = MOST_FRAMES;
    Error.captureStackTrace(holder, callSite);
    const frame = holder.stack?.find((one) => {
      const file = one.getFileName() ?? one.getEvalOrigin?.() ?? '';
      return file !== '' && !file.startsWith(LIBRARY) && !file.startsWith('node:');
    });
    return frame === undefined
      ? ''
      : `${frame.getFileName() ?? frame.getEvalOrigin()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
  } catch {
    return '';
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
