import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';

/** Larger files are not DVC's own. */
const MOST_BYTES = 8 * 1024 ** 2;

/** An object of a file that anybody may have written. */
export type Members = { [name: string]: unknown };

const known = new Map<string, { mtimeMs: number; size: number; content: Members }>();

/**
 * What a YAML file holds; the same file is read once.
 *
 * @throws Error if it cannot be read, or holds no object.
 */
export function readYaml(file: string): Members {
  const stats = statSync(file);
  const { mtimeMs, size } = stats;
  const before = known.get(file);
  if (before?.mtimeMs === mtimeMs && before.size === size) return before.content;
  // Nobody may ever write to a FIFO.
  if (!stats.isFile()) throw new Error('it is not a file');
  if (size > MOST_BYTES) throw new Error(`it has ${size} bytes: expected at most ${MOST_BYTES}`);
  const content: unknown = parse(readFileSync(file, 'utf8'), { logLevel: 'error', merge: true });
  if (!isObject(content)) throw new Error('it does not hold an object');
  known.set(file, { mtimeMs, size, content });
  return content;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that should be an object: an empty one else. */
export const objectOf = (value: unknown): Members => (isObject(value) ? value : {});

/** A member that should be a list of objects: those that are. */
export const objectsOf = (value: unknown): Members[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
