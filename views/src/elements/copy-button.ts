import { copyText } from './copy-text';
import { h } from './dom';
import type { Translate } from './context';

/** A button that copies a text, and then shows whether it has. */
export function copyButton(label: string, textOf: () => string, trans: Translate): HTMLButtonElement {
  const button = h('button', 'stemma-Link', label);
  button.type = 'button';
  button.addEventListener('click', () => {
    const show = (said: string): void => {
      button.textContent = said;
      button.addEventListener('blur', () => (button.textContent = label), { once: true });
    };
    void copyText(textOf()).then(
      () => show(trans.__('Copied')),
      () => show(trans.__('Could not copy')),
    );
  });
  return button;
}
