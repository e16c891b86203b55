import type { JsonValue } from 'stemma-document';
import { setField } from '../../util/set-field';
import { isSecret } from './secret-names';

/** What stands for a value that is not to be kept. */
export const HIDDEN = '…';

/** The part of an address that names who asks. */
const USER = /\b([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]+@/gi;
/** Members that are looked at for secrets: as many as a person writes. */
const MAX_MEMBERS = 1_000;

/** A text without the users and passwords in its addresses. */
export const withoutUsers = (text: string): string => text.replace(USER, `$1${HIDDEN}@`);

/** A value without what has the name of a secret, at every depth, and without users in addresses. */
export function withoutSecrets(value: JsonValue): JsonValue {
  if (typeof value === 'string') return withoutUsers(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  const shown: { [name: string]: JsonValue } = {};
  for (const [name, member] of Object.entries(value))
    setField(shown, withoutUsers(name), isSecret(name) ? HIDDEN : withoutSecrets(member));
  return shown;
}

/** Whether something within a value has the name of a secret; getters are not called. */
export function holdsSecret(value: unknown): boolean {
  const rest: unknown[] = [value];
  const seen = new Set<object>();
  let members = 0;
  for (let next = rest.pop(); next !== undefined || rest.length > 0; next = rest.pop()) {
    if (typeof next !== 'object' || next === null || ArrayBuffer.isView(next) || seen.has(next)) continue;
    seen.add(next);
    const entries: Iterable<[unknown, unknown]> = next instanceof Map ? next : membersOf(next);
    for (const [name, member] of entries) {
      if (typeof name === 'string' && isSecret(name)) return true;
      if (++members > MAX_MEMBERS) return false;
      if (typeof member === 'object') rest.push(member);
    }
  }
  return false;
}

function* membersOf(value: object): Iterable<[unknown, unknown]> {
  if (Array.isArray(value)) return yield* value.slice(0, MAX_MEMBERS).map((item): [null, unknown] => [null, item]);
  for (const name of Object.keys(value)) yield [name, Object.getOwnPropertyDescriptor(value, name)?.value];
}
