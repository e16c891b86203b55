import type { TimeUnit } from '../format/duration';
import { Emitter } from './emitter';

/** What colours the graph's processes. */
export type ColorBy = 'state' | 'time' | 'items' | 'problems';

/** What a person chose for all panels; in JupyterLab its settings. */
export interface Choices {
  /** False: the panel keeps the picture that it has. */
  live: boolean;
  /** How often it is drawn at most. */
  updatesPerSecond: number;
  /** How many samples are listed. */
  samples: number;
  /** From how many alike on steps are drawn as one; 0 never. */
  groupFrom: number;
  /** Whether each cell is drawn as one node. */
  groupCells: boolean;
  colorBy: ColorBy;
  orientation: 'down' | 'right';
  /** What durations are written in. */
  timeUnit: TimeUnit;
}

export const DEFAULTS: Choices = {
  live: true,
  updatesPerSecond: 10,
  samples: 12,
  groupFrom: 3,
  groupCells: false,
  colorBy: 'state',
  orientation: 'down',
  timeUnit: 'automatic',
};

/** The choices in force, and word of their changes. */
export class Preferences {
  readonly changed = new Emitter<void>();

  get current(): Readonly<Choices> {
    return this._current;
  }

  set(choices: Partial<Choices>): void {
    const next = { ...this._current, ...choices };
    if (JSON.stringify(next) !== JSON.stringify(this._current)) {
      this._current = next;
      this.changed.emit();
    }
  }

  private _current: Choices = DEFAULTS;
}
