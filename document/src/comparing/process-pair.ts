import type { Process } from '../model/document';
import type { Change } from './change';

/**
 * A process of either document and its counterpart. `changed`: its definition differs, or what it captures or reads, or
 * only what came out of it; `upstream`: it is the same, but something before it differs; `same`: nothing does; `added`
 * and `removed`: only `b` or only `a` has it. Counts, times and statistics alone make no difference.
 */
export interface ProcessPair {
  match: 'same' | 'upstream' | 'changed' | 'added' | 'removed';
  a: Process | null;
  b: Process | null;
  changes: Change[];
  /** Mean time per item in `b` over that in `a`; null where either was not timed. */
  timeRatio: number | null;
}
