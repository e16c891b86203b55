import type { KnownState, State } from './document';

const KNOWN: { readonly [state in KnownState]: true } = {
  new: true,
  running: true,
  complete: true,
  stopped: true,
  failed: true,
  aborted: true,
};

export function isKnownState(state: State): state is KnownState {
  return Object.hasOwn(KNOWN, state);
}

/**
 * The state as it is drawn. One that a later version has added looks as if it had not run; its word is shown as it is.
 */
export function knownState(state: State): KnownState {
  return isKnownState(state) ? state : 'new';
}
