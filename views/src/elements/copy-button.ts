import { h } from './dom';
import type { Translate } from './context';

/** A button that copies a text, and then shows whether it has. */
export function copyButton(label: string, textOf: () => string, trans: Translate): HTMLButtonElement {
  const button = h('button', 'stemma-Link', label);
  button.type = 'button';
  button.addEventListener('click', () => {
    void copy(textOf()).then((isCopied) => {
      button.textContent = isCopied ? trans.__('Copied') : trans.__('Could not copy');
      button.addEventListener('blur', () => (button.textContent = label), { once: true });
    });
  });
  return button;
}

/** Browsers have the newer way on secure pages only: not over plain http from another machine. */
async function copy(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = h('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}
