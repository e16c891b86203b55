import { canonicalJson } from '../json/canonical-json';
import type { JsonValue } from '../model/document';
import type { Change } from './change';

/** Members by name; what is undefined is not there. */
export interface Members {
  [name: string]: JsonValue | undefined;
}

/** The members that are not the same, in the order in which they come; `before`: what their paths begin with. */
export function changedMembers(layer: Change['layer'], a: Members, b: Members, before = ''): Change[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => {
    const [old, now] = [own(a, name), own(b, name)];
    return isSame(old, now) ? [] : [{ layer, path: before + name, a: old, b: now }];
  });
}

const own = (members: Members, name: string): JsonValue =>
  Object.hasOwn(members, name) ? (members[name] ?? null) : null;

const isSame = (a: JsonValue, b: JsonValue): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
