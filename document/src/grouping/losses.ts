import { kindOf } from '../kinds/kinds';
import type { Process } from '../model/document';

/** Items that came in and do not come out, though the step makes one of each. */
export interface Loss {
  /** They failed, and were skipped because the pipeline was set to continue. */
  skipped: number;
  /** The step left them out by what they are: a filter, `distinct`. */
  dropped: number;
}

/** How many items a process lost, in the runs that its figures are of. */
export function lossOf({ kind, execution }: Process): Loss {
  const { itemsIn, itemsOut, skipped, failed, bufferedItems, selfTime, state } = execution;
  // Calls under way, or given up when the run was, are in and never out.
  const isKnown = kindOf(kind)?.drops === true && (state === 'complete' || selfTime?.overlapping !== true);
  const dropped = isKnown ? Math.max(0, itemsIn - itemsOut - skipped - failed - (bufferedItems ?? 0)) : 0;
  return { skipped, dropped };
}

/** The losses of several processes together. */
export function lossOfAll(processes: readonly Process[]): Loss {
  const losses = processes.map(lossOf);
  return {
    skipped: losses.reduce((sum, { skipped }) => sum + skipped, 0),
    dropped: losses.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}
