import type { Run } from 'stemma-document';
import type { Translate } from './context';

/** What a person knows a run by: its number, where the recorder gave it one, and never its id. */
export function runName({ number }: Run, trans: Translate): string {
  return number === undefined ? trans.__('Run') : trans.__('Run %1', number);
}
