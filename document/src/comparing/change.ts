import type { JsonValue } from '../model/document';

/** One difference between two processes, or between two documents. A member that one of them lacks is null there. */
export interface Change {
  /**
   * What was to be done, to what, what came out, what happened otherwise, what the fields looked like, how long it
   * took, or where it ran.
   */
  layer: 'definition' | 'inputs' | 'output' | 'execution' | 'statistics' | 'times' | 'environment';
  /** E.g. `options.size`, `code`, `itemsOut`, `schema`, `fields.box.x.mean`, `selfTime.meanMs`, `packages.sharp`. */
  path: string;
  a: JsonValue;
  b: JsonValue;
}
