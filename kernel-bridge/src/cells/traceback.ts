import { dirname, join, sep } from 'node:path';
import { inspect } from 'node:util';

const FRAME = /^\s+at /;
/** Causes of causes, and parts of one aggregate error. */
const MAX_CAUSES = 8;

/** Code that is not the user's: Node's own, ours, the compiler's and tslab's. */
const FOREIGN = [
  'node:',
  join(__dirname, '..') + sep,
  folderOf('stemma', 'dist') + sep,
  folderOf('tslab', 'dist') + sep,
  folderOf('typescript') + sep,
];

/** What the user sees of an error: its message, the places in their own code, and what caused it. */
export function tracebackOf(error: Error, above: ReadonlySet<unknown> = new Set()): string[] {
  const known = new Set([...above, error]);
  const causes = known.size > MAX_CAUSES ? [] : causesOf(error).filter((cause) => !known.has(cause));
  const lines = ownPart(stackOf(error), causes.length > 0);
  for (const cause of causes) {
    const [head = '', ...rest] = cause instanceof Error ? tracebackOf(cause, known) : [inspect(cause)];
    lines.push(`caused by ${head}`, ...rest);
  }
  return lines;
}

/** A member of an error as text. Programs assign to it what they like; it may be a getter that throws. */
export function memberText(error: Error, name: 'name' | 'message'): string {
  try {
    const value: unknown = error[name];
    return typeof value === 'object' && value !== null ? inspect(value) : String(value);
  } catch {
    return `(its ${name} cannot be read)`;
  }
}

/** Without the frames of others, unless the stack has no frame of the user's and nothing else tells where the error came from. */
function ownPart(lines: string[], isExplained: boolean): string[] {
  const own = lines.filter((line) => !FRAME.test(line) || !FOREIGN.some((place) => line.includes(place)));
  return isExplained || own.some((line) => FRAME.test(line)) ? own : lines;
}

function stackOf(error: Error): string[] {
  const stack = stackText(error);
  return (stack === '' ? `${memberText(error, 'name')}: ${memberText(error, 'message')}` : stack).split('\n');
}

/** Empty where it is something else than text. */
function stackText(error: Error): string {
  try {
    return typeof error.stack === 'string' ? error.stack : '';
  } catch {
    return '';
  }
}

function causesOf(error: Error): unknown[] {
  try {
    const { errors } = error as { errors?: unknown };
    const parts = error instanceof AggregateError && Array.isArray(errors) ? errors.slice(0, MAX_CAUSES) : [];
    return error.cause === undefined ? parts : [error.cause, ...(parts as unknown[])];
  } catch {
    return [];
  }
}

function folderOf(name: string, ...inside: string[]): string {
  return join(dirname(require.resolve(`${name}/package.json`)), ...inside);
}
