import { types } from 'node:util';

/** What `require` returns, as an `import` sees it: an object of the module's exports, its default among them. */
export type Namespace = Record<string, unknown>;

const namespaces = new WeakMap<object, Namespace>();

/** As TypeScript's `esModuleInterop` has it: the exports of a CommonJS module are its default, too. */
export function namespaceOf(exported: unknown): Namespace {
  if (!isObject(exported)) return { default: exported };
  if (types.isModuleNamespaceObject(exported) || (exported as Namespace)['__esModule'] === true)
    return exported as Namespace;
  let namespace = namespaces.get(exported);
  if (namespace === undefined) namespaces.set(exported, (namespace = wrap(exported)));
  return namespace;
}

/** One export, as it is now. */
export function exportOf(exported: unknown, name: string): unknown {
  if (name === 'default') return namespaceOf(exported)['default'];
  return isObject(exported) ? (exported as Namespace)[name] : undefined;
}

function wrap(exported: object): Namespace {
  const namespace = Object.create(null) as Namespace;
  for (const name of Object.getOwnPropertyNames(exported)) {
    if (name === 'default') continue;
    const get = (): unknown => (exported as Namespace)[name];
    Object.defineProperty(namespace, name, {
      get,
      enumerable: Object.prototype.propertyIsEnumerable.call(exported, name),
    });
  }
  Object.defineProperty(namespace, 'default', { value: exported, enumerable: true });
  return namespace;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
