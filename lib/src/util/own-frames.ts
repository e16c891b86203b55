import * as path from 'node:path';

const FRAME = /^\s+at /;
/** Of built-in functions, such as `Array.map` and `Promise.all`: they name no file. */
const PLACELESS = /\((?:<anonymous>|native|index \d+)\)$/;

const NODE = 'node:';
const PACKAGES = [`${path.sep}node_modules${path.sep}`, '/node_modules/'];
/** Of Stemma's packages, where a workspace links them: as they run, and as source maps name them. */
const stemma: string[] = [];

/** Counts the code of a package of Stemma, given its root, as none of the user's. */
export function leaveOut(root: string): void {
  for (const part of ['bin', 'dist', 'src']) stemma.push(path.join(root, part) + path.sep);
}

leaveOut(path.join(__dirname, '..', '..'));
leaveOut(path.dirname(require.resolve('stemma-document/package.json')));

/** Whether a line of a stack trace is a call, of whosever code. */
export const isFrame = (line: string): boolean => FRAME.test(line);

/** Whether a line of a stack trace is a call of the user's own code: not of Node, of Stemma or of a package. */
export const isOwnFrame = (line: string): boolean => isOfUserOrPackage(line) && !isIn(PACKAGES, line);

/**
 * What is shown of the calls of a stack trace: the user's own. Where there are none the calls of packages are the only
 * trace of where an error came from.
 */
export function shownFrames(frames: readonly string[]): string[] {
  const own = frames.filter(isOwnFrame);
  return own.length > 0 ? own : frames.filter(isOfUserOrPackage);
}

/** Whether a file is the user's own: not of Stemma or of a package. */
export const isOwnFile = (file: string): boolean => !isIn(stemma, file) && !isIn(PACKAGES, file);

const isOfUserOrPackage = (line: string): boolean =>
  isFrame(line) && !PLACELESS.test(line) && !line.includes(NODE) && !isIn(stemma, line);

const isIn = (places: readonly string[], line: string): boolean => places.some((place) => line.includes(place));
