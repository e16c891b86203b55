import type { Process } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { linkButton } from '../elements/section';

/**
 * Where a step is declared: `cell [4], line 4`, which leads there where the host can, or a file and a line; null where
 * it is not known.
 */
export function placeLink(
  { cell, position }: Pick<Process, 'cell' | 'position'>,
  { actions, trans }: ViewContext,
): HTMLElement | null {
  if (position?.file !== undefined) {
    return h('span', '', `${position.file}:${position.line}:${position.column}`);
  }
  if (!cell) {
    return null;
  }
  const text = position
    ? trans.__('cell [%1], line %2', cell.executionCount, position.line)
    : trans.__('cell [%1]', cell.executionCount);
  const reveal = actions.revealCell;
  return reveal && cell.id !== null ? linkButton(text, () => reveal(cell, position?.line)) : h('span', '', text);
}
