import { isSurrounded } from '../engine/surrounding-epoch';
import type { ArtifactRecord } from '../recorder/artifact-record';
import { type CallScope, currentScope, followScopes, liveScope } from '../recorder/call-scope';
import { declaringSession } from '../recorder/declaring';
import type { ProcessRecord } from '../recorder/process-record';
import type { Session } from '../recorder/session';
import { inWords } from '../util/check';
import type { Node } from './node';
import { resultOf, resultsWith } from './results';

/**
 * Where an operation of `kind` on `parents` is recorded: where they are. A source in a call of a function is recorded
 * with that function, any other in the session of the `recorder.run` around it.
 *
 * @throws TypeError if the parents are those of several recorders.
 */
export function sessionOf(kind: string, parents: readonly Node[]): Session {
  const [session = currentScope()?.session ?? declaringSession()] = parents.map((parent) => parent.session);
  if (parents.some((parent) => parent.session !== session))
    throw new TypeError(
      `invalid datasets of ${kind}: expected those of one recorder, got some of another; make them all in one recorder.run(…)`,
    );
  return session;
}

/**
 * The call of a user's function in which an operation is declared; null outside of all, or where another session
 * records that call.
 */
export function scopeOf(session: Session, parents: readonly Node[]): CallScope | null {
  const scope = currentScope() ?? parents.map((parent) => liveScope(parent.scope)).find((its) => its !== null) ?? null;
  return scope?.session === session ? scope : null;
}

/** Records an operation: its process, and the artifact that it emits. Null where nothing is recorded. */
export function recordOf({ session, scope, declaration, parents, length }: Node): ProcessRecord | null {
  // What the function of an operation without a record makes would be an operation of its own for each item.
  if (!session.recording || (scope === null && isSurrounded())) return null;
  const definition = { ...declaration, inputs: parents.flatMap((parent) => parent.record?.output ?? []) };
  const output = declaration.role === 'sink' ? null : ({ kind: 'stream', length: length() } as const);
  if (scope !== null) return session.declareInner(scope.process, definition, output);
  // It may be a call's of which nobody knows since it went on after an `await`.
  if (session.callsOverlap) followScopes();
  return session.declare(definition, output);
}

/** The artifacts of the results that an operation recorded in `session` uses, or that have a part which it uses. */
export function artifactsOf(uses: readonly unknown[] | undefined, session: Session): ArtifactRecord[] {
  return (uses ?? []).flatMap((value) => {
    const known = resultOf(value);
    if (known?.session === session) return known.artifact;
    if (!session.recording) return [];
    const found = known === undefined ? resultsWith(value, session) : [];
    if (found.length === 1) return found;
    throw new TypeError(`invalid uses: ${found.length > 1 ? severalHave(value, found) : unknownResult(value, known)}`);
  });
}

function severalHave(value: unknown, found: readonly ArtifactRecord[]): string {
  const labels = found.map(({ producer }) => `"${producer.definition.label}"`).join(' and ');
  return `${inWords(value)} is in the results of ${labels}; give the promise or the object of the one that is meant`;
}

function unknownResult(value: unknown, known: object | undefined): string {
  const got = known === undefined ? inWords(value) : 'the result of a run of another recorder';
  const advice = known === undefined ? '; name another value by provenance.value(label, value)' : '';
  return (
    'expected what reduce, count, toArray or a step returned, the object that it resolved to, or a part of that, ' +
    `got ${got}${advice}`
  );
}

/**
 * Of results that a function says itself that it uses; they may be from another session, or a file, which the record of
 * this one cannot name.
 */
export function knownArtifacts(uses: readonly unknown[] = [], session: Session): ArtifactRecord[] {
  return uses.flatMap((value) => {
    const known = resultOf(value);
    return known?.session === session ? known.artifact : [];
  });
}
