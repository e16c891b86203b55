import type { TranslationBundle } from '@jupyterlab/translation';
import type { ColorBy } from 'stemma-views';

/** What can color the steps of the graph, in the order of the menu. */
export const COLORS: readonly { by: ColorBy; label(trans: TranslationBundle): string }[] = [
  { by: 'state', label: (trans) => trans.__('State') },
  { by: 'time', label: (trans) => trans.__('Self Time') },
  { by: 'items', label: (trans) => trans.__('Items') },
  { by: 'problems', label: (trans) => trans.__('Problems') },
];
