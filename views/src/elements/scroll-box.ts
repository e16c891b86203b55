import { h, setAttribute } from './dom';

/** A box that scrolls to the sides, and shows by a shadow at which of them there is more. */
export function scrollBox(content: HTMLElement): HTMLElement {
  const box = h('div', 'stemma-Scroll');
  box.append(content);
  const mark = (): void => {
    const hidden = box.scrollWidth - box.clientWidth;
    setAttribute(box, 'data-more-left', String(box.scrollLeft > 1));
    setAttribute(box, 'data-more-right', String(box.scrollLeft < hidden - 1));
    // What scrolls can be scrolled with the keyboard.
    setAttribute(box, 'tabindex', hidden > 0 ? '0' : null);
  };
  box.addEventListener('scroll', mark, { passive: true });
  // In a notebook that shows a part of its cells at a time, the box may come back.
  box.addEventListener('pointerenter', mark, { passive: true });
  const observer = new ResizeObserver(() => {
    if (box.isConnected) {
      mark();
    } else {
      observer.disconnect();
    }
  });
  observer.observe(box);
  observer.observe(content);
  return box;
}
