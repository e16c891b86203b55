import { isObject } from '../wire/message';
import { nameOf } from './name-of';

/** Python's readers of notebooks get to about 400 levels. */
const MAX_LEVELS = 200;
const NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * A copy of a value that is JSON. As with `JSON.stringify`, members that are undefined are left out and `toJSON` is
 * called; anything else that it would drop or change is a TypeError that says where: it would be lost without a word.
 */
export function jsonValue(value: unknown, problem: string): unknown {
  const path: (string | number)[] = [];
  const above = new Set<object>();
  const fail = (got: string, at = path): never => {
    const error = new TypeError(`${problem}: expected JSON, got ${got}${at.length === 0 ? '' : ` at ${pathText(at)}`}`);
    // The user's own lines rather than how deep this went.
    Error.captureStackTrace(error, jsonValue);
    throw error;
  };
  const copyAt = (step: string | number, member: unknown): unknown => {
    path.push(step);
    const copied = copy(member, String(step));
    path.pop();
    return copied;
  };
  const copy = (given: unknown, key: string): unknown => {
    const one = hasToJson(given) ? given.toJSON(key) : given;
    if (one === null || typeof one === 'string' || typeof one === 'boolean') return one;
    if (typeof one === 'number') return Number.isFinite(one) ? one : fail(String(one));
    if (typeof one !== 'object' || !isPlain(one)) return fail(nameOf(one));
    if (above.has(one)) return fail('a cycle');
    if (above.size === MAX_LEVELS) return fail(`more than ${MAX_LEVELS} levels`, []);
    above.add(one);
    const copied = Array.isArray(one)
      ? Array.from(one, (item, index) => copyAt(index, item))
      : Object.fromEntries(
          Object.entries(one)
            .filter(([, member]) => member !== undefined)
            .map(([name, member]) => [name, copyAt(name, member)]),
        );
    above.delete(one);
    return copied;
  };
  return copy(value, '');
}

/** A list, or an object whose members are its content, unlike those of a Map or a typed array. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';
}

function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  return isObject(value) && typeof value['toJSON'] === 'function';
}

function pathText(path: (string | number)[]): string {
  const text = path.map((step) =>
    typeof step === 'string' && NAME.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  );
  return text.join('').replace(/^\./, '');
}
