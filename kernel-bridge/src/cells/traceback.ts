import { inspect } from 'node:util';
import { isFrame, isOwnFrame, shownFrames } from 'stemma/host';

/**
 * Code without a name that awaited, as a cell does: whether V8 still knows it when the error is made is a matter of
 * time.
 */
const AWAIT = /^\s+at async [^\s()]+$/;
/** Causes of causes, and parts of one aggregate error. */
const MAX_CAUSES = 8;

/** What the user sees of an error: its message, the places in their own code, and what caused it. */
export function tracebackOf(error: Error): string[] {
  return describe(error, new Set());
}

/** `told`: errors that the reader has seen already; each is shown once, however many others name it as their cause. */
function describe(error: Error, told: Set<unknown>): string[] {
  const isCause = told.size > 0;
  told.add(error);
  const causes = told.size > MAX_CAUSES ? [] : [...new Set(causesOf(error))];
  const lines = ownPart(stackOf(error), isCause || causes.length > 0);
  for (const cause of causes) {
    if (told.has(cause)) continue;
    const [head = '', ...rest] = cause instanceof Error ? describe(cause, told) : [inspect(cause)];
    const deeper = rest.filter((line) => !lines.includes(line));
    if (cause instanceof Error && isSaid(cause, error, deeper)) lines.push(...deeper);
    else lines.push(`caused by ${head}`, ...rest);
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

/** Without the frames of others; those of packages stay where nothing else tells where the error came from. */
function ownPart(lines: string[], isExplained: boolean): string[] {
  const frames = lines.filter(isFrame);
  const shown = new Set(isExplained ? frames.filter(isOwnFrame) : shownFrames(frames));
  return lines.filter((line) => !isFrame(line) || shown.has(line));
}

/**
 * Whether `error` says all that its cause does, which has no place of its own: `rest` is what is new behind its
 * message.
 */
function isSaid(cause: Error, error: Error, rest: string[]): boolean {
  const end = rest.findIndex((line) => !isFrame(line));
  const frames = end === -1 ? rest : rest.slice(0, end);
  if (frames.some((line) => !AWAIT.test(line))) return false;
  const message = memberText(cause, 'message');
  return message !== '' && !message.includes('\n') && memberText(error, 'message').includes(message);
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
