import type { Translate } from './context';
import type { View } from './dom';

const MIN = 0.15;
const MAX = 0.85;

/** A divider that shares the height between what is above it and what is below; by pointer and by arrow keys. */
export function splitter(divider: HTMLElement, above: HTMLElement, trans: Translate): View {
  divider.className = 'stemma-Splitter';
  divider.setAttribute('role', 'separator');
  divider.setAttribute('aria-orientation', 'horizontal');
  divider.setAttribute('aria-label', trans.__('Height of the graph'));
  divider.tabIndex = 0;
  let share = 0.5;
  const set = (value: number): void => {
    share = Math.min(MAX, Math.max(MIN, value));
    above.style.flexBasis = `${share * 100}%`;
    divider.setAttribute('aria-valuenow', String(Math.round(share * 100)));
  };
  set(share);
  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener('pointermove', (event) => {
    const parent = divider.parentElement;
    if (divider.hasPointerCapture(event.pointerId) && parent) {
      const box = parent.getBoundingClientRect();
      set((event.clientY - box.top) / box.height);
    }
  });
  divider.addEventListener('keydown', (event) => {
    const step = { ArrowUp: -0.05, ArrowDown: 0.05 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      set(share + step);
    }
  });
  return { update: () => undefined, dispose: () => undefined };
}
