import { Session } from 'node:inspector';

const HOLDER = Symbol.for('stemma.captures');

/** What V8's inspector and this module share while it looks. */
interface Holder {
  fn: unknown;
  names: readonly string[];
  found: Map<string, unknown>;
}

/**
 * Called with the list of a function's scopes, the innermost first; the inspector compiles it, so it knows nothing of
 * this module.
 */
const COLLECT = `function () {
  const { names, found } = globalThis[Symbol.for('stemma.captures')];
  // The list has no prototype, and so no iterator.
  for (let i = 0; i < this.length; i++) {
    const scope = this[i].object;
    if (scope === globalThis) continue;
    for (const name of names) if (!found.has(name) && Object.hasOwn(scope, name)) found.set(name, scope[name]);
  }
}`;

/**
 * The values of those of the variables `names` that a function captures, by V8's own inspector in this process: nothing
 * is paused, and a debugger that is attached notices nothing. Null where Node has no inspector.
 */
export function capturedBy(fn: object, names: readonly string[]): Map<string, unknown> | null {
  const shared = globalThis as { [HOLDER]?: Holder };
  const holder: Holder = { fn, names, found: new Map() };
  let session: Session | undefined;
  try {
    session = new Session();
    session.connect();
    shared[HOLDER] = holder;
    const { result } = post<{ result: Remote }>(session, 'Runtime.evaluate', {
      expression: "globalThis[Symbol.for('stemma.captures')].fn",
      objectGroup: 'stemma',
    });
    const { internalProperties = [] } = post<{ internalProperties?: { name: string; value?: Remote }[] }>(
      session,
      'Runtime.getProperties',
      { objectId: result.objectId, ownProperties: true },
    );
    const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value;
    if (scopes !== undefined)
      post(session, 'Runtime.callFunctionOn', {
        objectId: scopes.objectId,
        functionDeclaration: COLLECT,
        silent: true,
      });
    return holder.found;
  } catch {
    return null;
  } finally {
    delete shared[HOLDER];
    session?.disconnect();
  }
}

interface Remote {
  objectId?: string;
}

/** The inspector of the same thread replies before `post` returns. */
function post<T>(session: Session, method: string, parameters: object): T {
  let reply: T | undefined;
  let failure: Error | null = null;
  session.post(method, parameters, (error, result) => {
    failure = error;
    reply = result as T;
  });
  if (failure !== null || reply === undefined) throw failure ?? new Error(`${method} did not reply at once`);
  return reply;
}
