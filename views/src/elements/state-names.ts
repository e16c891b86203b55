import type { State } from 'stemma-document';
import type { Translate } from './context';

/** The state in a word; one that is not known here by its own. */
export function stateName(state: State, trans: Translate): string {
  switch (state) {
    case 'new':
      return trans.__('Not run yet');
    case 'running':
      return trans.__('Running');
    case 'complete':
      return trans.__('Complete');
    case 'stopped':
      return trans.__('Stopped early');
    case 'failed':
      return trans.__('Failed');
    case 'aborted':
      return trans.__('Interrupted');
    default:
      return state;
  }
}
