import { h } from './dom';

/**
 * Copies a text. Browsers have the newer way, which needs no selection, on secure pages only: not over plain http from
 * another machine.
 *
 * @throws if the browser refuses.
 */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = h('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (!isCopied) {
    throw new Error('the browser did not copy');
  }
}
