import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOwnFile } from '../../util/own-frames';
import type { Place } from '../../util/source-places';

/** The folder of the library's own code. */
const LIBRARY = path.join(__dirname, '../..') + path.sep;
const MOST_FRAMES = 30;

/**
 * Where the user's code called the library: file, line and column of the innermost call outside of the library; empty
 * where that is not known.
 */
export function callSite(): string {
  const frame = frames(callSite)[0];
  return frame === undefined ? '' : `${nameOf(frame)}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
}

/**
 * The calls that led to the library, the innermost first, as far as they are the user's: in files, or in what a host
 * named otherwise.
 */
export function ownCalls(): Place[] {
  return frames(ownCalls).flatMap((frame) => {
    const [file, line, column] = [fileOf(nameOf(frame)), frame.getLineNumber(), frame.getColumnNumber()];
    return line === null || column === null || !isOwnFile(file) ? [] : [{ file, line, column }];
  });
}

/** Without those of the library and of Node. */
function frames(above: (...args: never[]) => unknown): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: NodeJS.CallSite[] } = {};
  try {
    // Frames as they are: a loader's own way to prepare them would read source maps.
    Error.prepareStackTrace = (_, frames) => frames;
    Error.stackTraceLimit = MOST_FRAMES;
    Error.captureStackTrace(holder, above);
    return (holder.stack ?? []).filter((frame) => {
      const file = fileOf(nameOf(frame));
      return file !== '' && !file.startsWith(LIBRARY) && !file.startsWith('node:');
    });
  } catch {
    return [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const nameOf = (frame: NodeJS.CallSite): string => frame.getFileName() ?? frame.getEvalOrigin?.() ?? '';

/** ES modules have URLs, to which loaders add queries. */
function fileOf(name: string): string {
  const [url = ''] = name.split('?');
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}
