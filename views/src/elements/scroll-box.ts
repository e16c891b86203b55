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
  // It lives as long as the two elements that it observes.
  const observer = new ResizeObserver(mark);
  observer.observe(box);
  observer.observe(content);
  return box;
}
