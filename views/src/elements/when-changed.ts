import type { View } from './dom';

/** A view that is drawn again only when its key is another one. */
export function whenChanged(keyOf: () => string, draw: () => void): View {
  let drawn: string | null = null;
  return {
    update: () => {
      const key = keyOf();
      if (key !== drawn) {
        drawn = key;
        draw();
      }
    },
    dispose: () => undefined,
  };
}
