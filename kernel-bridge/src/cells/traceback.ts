import { dirname, join, sep } from 'node:path';
import { inspect } from 'node:util';

const FRAME = /^\s+at /;
/** An error may be its own cause, by way of others. */
const MAX_CAUSES = 8;

/** Code that is not the user's: Node's own, ours, and tslab's. */
const FOREIGN = [
  'node:',
  join(__dirname, '..') + sep,
  folderOf('stemma', 'dist') + sep,
  folderOf('tslab', 'dist') + sep,
  folderOf('@tslab/typescript-for-tslab') + sep,
];

/** What the user sees of an error: its message, the places in their own code, and what caused it. */
export function tracebackOf(error: Error, depth = 0): string[] {
  const causes = depth === MAX_CAUSES ? [] : causesOf(error);
  const lines = ownPart(stackOf(error), causes.length > 0);
  for (const cause of causes) {
    const [head = '', ...rest] = cause instanceof Error ? tracebackOf(cause, depth + 1) : [inspect(cause)];
    lines.push(`caused by ${head}`, ...rest);
  }
  return lines;
}

/** Without the frames of others, unless the stack has no frame of the user's and nothing else tells where the error came from. */
function ownPart(lines: string[], isExplained: boolean): string[] {
  const own = lines.filter((line) => !FRAME.test(line) || !FOREIGN.some((place) => line.includes(place)));
  return isExplained || own.some((line) => FRAME.test(line)) ? own : lines;
}

/** A stack may be anything: programs assign to it. */
function stackOf(error: Error): string[] {
  const { stack } = error;
  return (typeof stack === 'string' && stack !== '' ? stack : `${String(error.name)}: ${String(error.message)}`).split(
    '\n',
  );
}

function causesOf(error: Error): unknown[] {
  const parts = error instanceof AggregateError ? (error.errors as unknown[]).slice(0, MAX_CAUSES) : [];
  return error.cause === undefined ? parts : [error.cause, ...parts];
}

function folderOf(name: string, ...inside: string[]): string {
  return join(dirname(require.resolve(`${name}/package.json`)), ...inside);
}
