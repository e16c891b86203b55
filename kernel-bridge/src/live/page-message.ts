import type { PageMessage } from 'stemma';
import { inWords, NOTICES, REQUESTS } from 'stemma-document';
import { isObject } from '../wire/message';
import { textOf } from '../wire/text-of';

type Members = Readonly<Record<string, { expected: string; is(value: unknown): boolean }>>;
type Given = Readonly<Record<string, unknown>>;

/**
 * What a page sent, checked; null for a type that we do not know, which is ignored. Throws where a known one is
 * malformed.
 */
export function parsePageMessage(data: unknown): PageMessage | null {
  if (!isObject(data)) throw new Error('a message must be an object with a "type"');
  const type = textOf(data['type']);
  if (Object.hasOwn(NOTICES, type)) {
    return { type, ...checked(data, type, NOTICES[type as keyof typeof NOTICES]) } as PageMessage;
  }
  if (!Object.hasOwn(REQUESTS, type)) return null;
  const members: Members = { request: ID, ...REQUESTS[type as keyof typeof REQUESTS] };
  return { type, ...checked(data, type, members) } as PageMessage;
}

const ID = { expected: 'a string', is: (value: unknown) => typeof value === 'string' };

/** The members that a message of this type has, and no others. */
function checked(data: Given, type: string, members: Members): Given {
  const entries = Object.entries(members).map(([name, { expected, is }]) => {
    if (!is(data[name])) throw new Error(`"${name}" of "${type}": expected ${expected}, got ${inWords(data[name])}`);
    return [name, data[name]];
  });
  return Object.fromEntries(entries) as Given;
}
