import type { View } from './dom';

/** Several views as one. */
export function combine(views: readonly View[]): View {
  return {
    update: () => views.forEach((view) => view.update()),
    dispose: () => views.forEach((view) => view.dispose()),
  };
}
