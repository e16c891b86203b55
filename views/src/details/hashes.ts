import { canonicalHash, inputsOf, outputDigest } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { FactList, linkButton } from '../elements/section';
import { toDocument } from '../model/to-document';
import { hashText } from './hash-text';

/**
 * The three hashes of the record: of the definition, of the inputs and of the output. They are computed when they are
 * asked for: of thousands of steps that takes a moment, and while steps run they change.
 */
export function hashesView({ store, trans }: ViewContext): HTMLElement {
  const host = h('div');
  const show = linkButton(trans.__('Show the hashes of definition, inputs and output'), () => {
    const document = toDocument(store);
    if (document === null) {
      return;
    }
    const facts = new FactList();
    const output = outputDigest(document);
    facts.set(trans.__('definition'), hashText(canonicalHash(document)));
    const inputs = inputsOf(document);
    facts.set(trans.__('inputs'), hashText(inputs.hash));
    facts.set(trans.__('output'), output === null ? trans.__('not known') : hashText(output));
    const { unknown } = inputs;
    host.replaceChildren(
      facts.element,
      ...(unknown.length === 0
        ? []
        : [h('p', 'stemma-Hint', trans.__('Not known of the inputs: %1', unknown.slice(0, SHOWN).join('; ')))]),
    );
  });
  host.append(show);
  return host;
}

/** How many of what is not known are named. */
const SHOWN = 8;
