import { inspect } from 'node:util';

const MAX_LENGTH = 60;

/** What an error says that it got: short, and never an error of its own. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return inspect(value);
  try {
    const text = inspect(value, { depth: 0, breakLength: Infinity, maxArrayLength: 3 });
    return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
  } catch {
    return 'an object';
  }
}
