import type { View } from './dom';

/**
 * A drawing as wide as its host: drawn again when the host gets another width, and left alone while it has none, since
 * it is hidden then.
 */
export function followWidth(host: HTMLElement, draw: (width: number) => void): View {
  let drawn = 0;
  const update = (): void => {
    drawn = host.clientWidth;
    if (drawn > 0) {
      draw(drawn);
    }
  };
  const observer = new ResizeObserver(() => {
    if (host.clientWidth !== drawn) {
      update();
    }
  });
  observer.observe(host);
  return { update, dispose: () => observer.disconnect() };
}
