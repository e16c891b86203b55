import type { Sample } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';

/** The origin of a sample: a click shows the same item at every step. */
export function originLink(sample: Sample, context: ViewContext): HTMLElement {
  const first = sample.origins[0];
  return first === undefined ? h('span') : originButton(first, originText(sample), context);
}

/** A button that shows the item of this origin at every step. */
export function originButton(origin: string, text: string, { trans, ui }: ViewContext): HTMLElement {
  const link = h('button', 'stemma-Link stemma-mod-quiet');
  link.type = 'button';
  // An origin is data: its direction of writing must not turn the line around.
  link.append(h('bdi', '', text));
  link.title = trans.__('Trace %1 through all steps', origin);
  link.addEventListener('click', () => ui.trace(origin));
  return link;
}

/** Where a sample came from, in one line. */
function originText(sample: Sample): string {
  const first = sample.origins[0];
  const more = sample.origins.length - 1 + sample.omittedOrigins;
  return first === undefined ? '' : more > 0 ? `${first} +${more}` : first;
}
