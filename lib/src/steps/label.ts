import { inWords } from '../util/check';

/** What a person calls a step or a value. */
export function checkLabel(label: unknown, of: string): void {
  if (typeof label !== 'string' || label.trim() === '')
    throw new TypeError(`invalid label of ${of}: expected a text, got ${inWords(label)}`);
}
