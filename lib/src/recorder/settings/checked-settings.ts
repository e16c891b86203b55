import { closest } from '../../util/options';
import { inWords } from '../../util/check';

/** What a setting may be. */
interface Setting {
  is: (value: unknown) => boolean;
  expected: string;
}

const SETTINGS: { readonly [name: string]: Setting } = {
  redact: { is: (value) => value === null || typeof value === 'function', expected: 'a function or null' },
  digests: { is: (value) => ['ends', 'all', false].includes(value as string), expected: "'ends', 'all' or false" },
  timing: { is: (value) => value === 'sampled' || value === 'everything', expected: "'sampled' or 'everything'" },
};

const BOOLEAN: Setting = { is: (value) => typeof value === 'boolean', expected: 'true or false' };
const AMOUNT: Setting = { is: (value) => typeof value === 'number' && value >= 0, expected: 'a number from 0' };

const views = new WeakMap<object, object>();

/** The same settings, through a view that refuses names which do not exist, and values of the wrong type. */
export function checkedSettings<T extends object>(settings: T, path = 'provenance.settings'): T {
  const known = views.get(settings) as T | undefined;
  if (known !== undefined) return known;
  const view = new Proxy(settings, refusing(path));
  views.set(settings, view);
  return view;
}

function refusing<T extends object>(path: string): ProxyHandler<T> {
  return {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'object' && value !== null ? checkedSettings(value, `${path}.${String(name)}`) : value;
    },
    set: (target, name, value) => {
      check(target, String(name), value, path);
      return Reflect.set(target, name, value);
    },
  };
}

function check(target: object, name: string, value: unknown, path: string): void {
  if (!Object.hasOwn(target, name)) {
    const meant = closest(name, Object.keys(target));
    const advice = meant === undefined ? `expected one of ${Object.keys(target).join(', ')}` : `did you mean ${meant}?`;
    throw new TypeError(`unknown setting "${name}" of ${path}: ${advice}`);
  }
  const present: unknown = (target as { [name: string]: unknown })[name];
  if (typeof present === 'object' && present !== null && SETTINGS[name] === undefined)
    throw new TypeError(
      `invalid ${name} of ${path}: set its members one by one, such as ${firstOf(path, name, present)}`,
    );
  const { is, expected } = SETTINGS[name] ?? (typeof present === 'boolean' ? BOOLEAN : AMOUNT);
  if (!is(value)) throw new TypeError(`invalid ${name} of ${path}: expected ${expected}, got ${inWords(value)}`);
}

const firstOf = (path: string, name: string, members: object): string => `${path}.${name}.${Object.keys(members)[0]}`;
