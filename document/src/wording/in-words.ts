import { withoutControls } from './printable';

/** What a value is, for a person: short, whatever it is. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return withoutControls(JSON.stringify(shortened(value)));
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${shortened(String(value))}n`;
  if (typeof value !== 'object' || value === null) return withoutControls(shortened(String(value)));
  if (Array.isArray(value)) return 'a list';
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name !== 'string' || name === '' || name === 'Object' ? 'a record' : withArticle(shortened(name));
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

const withArticle = (name: string): string => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
