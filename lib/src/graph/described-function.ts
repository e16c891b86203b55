import type { JsonValue } from 'stemma-document';

/**
 * What a function that a factory made, such as `centerCrop(224)`, says of itself: its source is the factory's and says
 * nothing.
 */
export interface Description {
  /** What it was made with, for the record. */
  parameters: { readonly [name: string]: JsonValue };
  /** Results of pipelines that the parameters are taken from. */
  uses: readonly unknown[];
}

/** Of a function that has `parameters`; null for any other. Never throws: a proxy of a function may. */
export function descriptionOf(fn: unknown): Description | null {
  if (typeof fn !== 'function') return null;
  try {
    const { parameters, uses } = fn as { parameters?: unknown; uses?: unknown };
    if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return null;
    // A copy of what JSON can hold: the function's own may change.
    const copy = JSON.parse(JSON.stringify(parameters)) as Description['parameters'];
    return { parameters: copy, uses: Array.isArray(uses) ? uses : [] };
  } catch {
    return null;
  }
}

/** Refuses what belongs into the other one of `map`, whose functions draw no random numbers, and `randomMap`. */
export function checkDraws(fn: unknown, kind: 'map' | 'randomMap'): void {
  if (descriptionOf(fn) === null) return;
  const { draws, name } = fn as { draws?: unknown; name: string };
  if (typeof draws !== 'boolean' || draws === (kind === 'randomMap')) return;
  const advice = draws ? 'draws random numbers; pass it to randomMap' : 'draws no random numbers; pass it to map';
  throw new TypeError(`invalid function of ${kind}: ${name} ${advice}`);
}
