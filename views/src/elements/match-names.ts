import type { Match } from '../model/comparison';
import type { Translate } from './context';

/** How a step compares, in words. */
export function matchName(match: Match, trans: Translate): string {
  switch (match) {
    case 'same':
      return trans.__('the same');
    case 'upstream':
      return trans.__('changed upstream');
    case 'changed':
      return trans.__('changed');
    case 'added':
      return trans.__('added');
    case 'removed':
      return trans.__('removed');
  }
}

/** What the mark of a step means, in a sentence. */
export function matchMeaning(match: Match, trans: Translate): string {
  switch (match) {
    case 'same':
      return trans.__('Neither the step nor anything before it differs');
    case 'upstream':
      return trans.__('The step is the same, but something before it differs');
    case 'changed':
      return trans.__('The step itself differs: its code, options, captured values, files, or only its output');
    case 'added':
      return trans.__('Only the later record has the step');
    case 'removed':
      return trans.__('Only the earlier record has the step');
  }
}
