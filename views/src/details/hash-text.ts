import { h } from '../elements/dom';

/** How much of a hash is shown: enough to tell two apart. */
const SHOWN = 16;

/** The beginning of a hash; all of it under the pointer, and for screen readers to find. */
export function hashText(hash: string): HTMLElement {
  const text = h('code', 'stemma-Hash', hash.length > SHOWN ? `${hash.slice(0, SHOWN)}…` : hash);
  text.title = hash;
  return text;
}
