import { withoutControls } from './printable';

/** What a value is, for a person: short, whatever it is. */
export function inWords(value: unknown): string {
  if (typeof value === 'string')
    return withoutControls(JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value));
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name !== 'string' || name === '' || name === 'Object' ? 'a record' : withArticle(name);
}

const withArticle = (name: string): string => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
