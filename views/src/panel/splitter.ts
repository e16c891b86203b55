import type { Translate } from '../elements/context';
import type { View } from '../elements/dom';

const MIN = 0.15;
const MAX = 0.85;

/**
 * A divider that shares the space between the graph and what is below or beside it, by pointer and by arrow keys.
 * `isAfter`: the graph is what comes after the divider.
 */
export function splitter(divider: HTMLElement, graph: HTMLElement, trans: Translate, isAfter = false): View {
  divider.className = 'stemma-Splitter';
  divider.setAttribute('role', 'separator');
  divider.setAttribute('aria-label', trans.__('Graph height'));
  divider.tabIndex = 0;
  let share = isAfter ? 0.4 : 0.5;
  /** Whether the two are side by side, which the style sheet decides by the width. */
  const isRow = (): boolean =>
    divider.parentElement !== null && getComputedStyle(divider.parentElement).flexDirection === 'row';
  const set = (value: number): void => {
    divider.setAttribute('aria-orientation', isRow() ? 'vertical' : 'horizontal');
    share = Math.min(MAX, Math.max(MIN, value));
    graph.style.flexBasis = `${share * 100}%`;
    divider.setAttribute('aria-valuenow', String(Math.round(share * 100)));
  };
  set(share);
  const place = (from: number): void => set(isAfter ? 1 - from : from);
  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener('pointermove', (event) => {
    const parent = divider.parentElement;
    if (divider.hasPointerCapture(event.pointerId) && parent) {
      const box = parent.getBoundingClientRect();
      place(isRow() ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
    }
  });
  divider.addEventListener('keydown', (event) => {
    const step = { ArrowUp: -0.05, ArrowLeft: -0.05, ArrowDown: 0.05, ArrowRight: 0.05 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      set(isAfter ? share - step : share + step);
    }
  });
  return { update: () => undefined, dispose: () => undefined };
}
